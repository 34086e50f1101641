"""What the doors for webhooks out have in common: the desk, and who acts."""

from starlette.requests import HTTPConnection

from agent_feed.webhooks.acts import Act, EndpointDesk
from compliance.principal import Principal
from compliance.routes.gate import client_address, gate_of


def desk_of(connection: HTTPConnection) -> EndpointDesk:
    """The desk of the running service."""
    desk: EndpointDesk = connection.app.state.endpoint_desk
    return desk


def act_of(connection: HTTPConnection, caller: Principal) -> Act:
    """The caller's act, now."""
    return Act(caller.actor, client_address(connection), gate_of(connection).clock())
