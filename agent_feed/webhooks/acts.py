"""What is done to endpoints, by people, software and ourselves. Each act is in the journal, with who did it.

The journal gets the host of a URL, not the URL: its path and query may be a secret of the receiver's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from agent_feed.webhooks import deliveries, secrets_in_use
from agent_feed.webhooks.deliveries import get_delivery, insert_deliveries
from agent_feed.webhooks.endpoints import (
    DELETED,
    DISABLED,
    ENABLED,
    Endpoint,
    insert_endpoint,
    lock_endpoint,
    update_endpoint,
)
from agent_feed.webhooks.patterns import checked
from compliance.journal import Event, Reader, record
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.vault import Vault
from core import work
from core.database import Session
from core.errors import Kind, PaythreadError
from core.ids import new_id
from core.outbound.destinations import Destinations

# The due work of an endpoint: see `courier`.
CARRY: Final = "webhook.carry"
BY_HAND: Final = "by_hand"
FAILING: Final = "failing"
GONE: Final = "gone"
# An endpoint is switched off when nothing arrived for so long, and so many tries were made.
FAILING_FOR: Final = timedelta(days=3)
FAILURES_MIN: Final = 10


class EndpointOff(PaythreadError):
    """Nothing is sent to an endpoint that is switched off."""

    code = "webhook_endpoint_disabled"
    kind = Kind.CONFLICT


class ReplayRunning(PaythreadError):
    """The entries of an earlier replay are still being put in line."""

    code = "webhook_replay_running"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Act:
    """Who does it, from where, and when."""

    actor: str
    origin: str | None
    now: datetime


@dataclass(frozen=True, slots=True)
class EndpointDesk:
    """Does what an admin, or the merchant's software, asks for."""

    vault: Vault
    reader: Reader
    destinations: Destinations

    async def create(
        self, session: Session, caller: Principal, *, url: str, events: Sequence[str], act: Act
    ) -> tuple[Endpoint, str]:
        """A new endpoint and its secret, told once. It gets what happens from now on.

        Raises `InvalidField`, `UnknownEvents`, `TooManyEndpoints`.
        """
        self.destinations.target(url)
        patterns = _patterns(caller, events)
        head, _ = await self.reader.head(session, caller.merchant)
        secret, sealed = await secrets_in_use.first_secret(
            session, self.vault, caller.merchant, now=act.now
        )
        endpoint = await insert_endpoint(
            session,
            id=new_id("whe", act.now),
            merchant=caller.merchant,
            url=url,
            events=list(patterns),
            secrets=sealed,
            position=head,
            created_by=act.actor,
            created_at=act.now,
        )
        _tell(session, endpoint, "created", act, host=_host(url), events=list(patterns))
        return endpoint, secret

    async def change(
        self,
        session: Session,
        caller: Principal,
        endpoint_id: str,
        *,
        url: str | None,
        events: Sequence[str] | None,
        status: str | None,
        act: Act,
    ) -> Endpoint:
        """Changes what is given. Switched on again, it goes on where it stopped: what waits is sent at once.

        Raises `NotFound`, `InvalidField`, `UnknownEvents`.
        """
        endpoint = await lock_endpoint(session, caller.merchant, endpoint_id)
        if url is not None and url != endpoint.url:
            self.destinations.target(url)
            hosts = {"from": _host(endpoint.url), "to": _host(url)}
            endpoint = await self._changed(session, endpoint, act, told={"host": hosts}, url=url)
        if events is not None and tuple(events) != endpoint.events:
            patterns = list(_patterns(caller, events))
            told = {"events": {"from": list(endpoint.events), "to": patterns}}
            endpoint = await self._changed(session, endpoint, act, told=told, events=patterns)
        if status == ENABLED and not endpoint.enabled:
            endpoint = await self._switch_on(session, endpoint, act)
        elif status == DISABLED and endpoint.enabled:
            endpoint = await switch_off(session, endpoint, BY_HAND, act)
        return endpoint

    async def rotate(
        self, session: Session, caller: Principal, endpoint_id: str, *, act: Act
    ) -> tuple[Endpoint, str]:
        """A new secret, told once; the old one signs along for a day. Raises `NotFound`."""
        endpoint = await lock_endpoint(session, caller.merchant, endpoint_id)
        secret, sealed = await secrets_in_use.rotated(
            session, self.vault, caller.merchant, endpoint.secrets, now=act.now
        )
        endpoint = await update_endpoint(session, endpoint, secrets=sealed, updated_at=act.now)
        _tell(session, endpoint, "secret_rotated", act)
        return endpoint, secret

    async def delete(
        self, session: Session, caller: Principal, endpoint_id: str, *, act: Act
    ) -> None:
        """Nobody sees it any more, and nothing is sent to it; its rows go soon. Raises `NotFound`."""
        endpoint = await lock_endpoint(session, caller.merchant, endpoint_id)
        await update_endpoint(session, endpoint, status=DELETED, updated_at=act.now)
        await work.hasten(session, CARRY, endpoint.id, due_at=act.now)
        _tell(session, endpoint, "deleted", act, host=_host(endpoint.url))

    async def replay(
        self, session: Session, caller: Principal, endpoint_id: str, *, after: int, act: Act
    ) -> Endpoint:
        """Sends again what came after a position, up to where the line stands. Raises `NotFound`, `EndpointOff`,
        `ReplayRunning`.
        """
        endpoint = await lock_endpoint(session, caller.merchant, endpoint_id)
        _require_on(endpoint)
        if endpoint.replay is not None:
            raise ReplayRunning("A replay is still under way; ask again when it is done.")
        number = endpoint.rounds + 1
        endpoint = await update_endpoint(
            session,
            endpoint,
            rounds=number,
            replay_round=number,
            replay_after=after,
            replay_until=endpoint.position,
        )
        await work.hasten(session, CARRY, endpoint.id, due_at=act.now)
        _tell(session, endpoint, "replayed", act, after=after)
        return endpoint

    async def replay_one(
        self, session: Session, caller: Principal, endpoint_id: str, delivery_id: str, *, act: Act
    ) -> deliveries.Delivery:
        """Sends one again: a new delivery of the same bytes under the same id. Raises `NotFound`, `EndpointOff`."""
        endpoint = await lock_endpoint(session, caller.merchant, endpoint_id)
        _require_on(endpoint)
        found = await get_delivery(session, endpoint.id, delivery_id)
        number = endpoint.rounds + 1
        await update_endpoint(session, endpoint, rounds=number)
        again = new_id("whd", act.now)
        kept = {
            name: getattr(found, name)
            for name in ("endpoint", "merchant", "event", "type", "position", "customer", "payload")
        }
        await insert_deliveries(
            session, [{**kept, "id": again, "round": number, "created_at": act.now}]
        )
        await work.hasten(session, CARRY, endpoint.id, due_at=act.now)
        _tell(session, endpoint, "replayed", act, event=found.event)
        return await get_delivery(session, endpoint.id, again)

    async def _changed(
        self, session: Session, endpoint: Endpoint, act: Act, *, told: dict[str, Any], **values: Any
    ) -> Endpoint:
        _tell(session, endpoint, "updated", act, changes=told)
        return await update_endpoint(session, endpoint, updated_at=act.now, **values)

    async def _switch_on(self, session: Session, endpoint: Endpoint, act: Act) -> Endpoint:
        await deliveries.start_again(
            session, endpoint.id, failing_since=endpoint.failing_since, now=act.now
        )
        await work.hasten(session, CARRY, endpoint.id, due_at=act.now)
        _tell(session, endpoint, "switched_on", act)
        return await update_endpoint(
            session,
            endpoint,
            status=ENABLED,
            disabled_reason=None,
            disabled_at=None,
            failing_since=None,
            failures=0,
            full_until=None,
            updated_at=act.now,
        )


async def switch_off(session: Session, endpoint: Endpoint, reason: str, act: Act) -> Endpoint:
    """Nothing more is sent; what waits, waits. The journal tells the merchant's admins."""
    _tell(session, endpoint, "switched_off", act, reason=reason, host=_host(endpoint.url))
    return await update_endpoint(
        session,
        endpoint,
        status=DISABLED,
        disabled_reason=reason,
        disabled_at=act.now,
        updated_at=act.now,
    )


def _require_on(endpoint: Endpoint) -> None:
    if not endpoint.enabled:
        raise EndpointOff("This webhook endpoint is switched off; switch it on first.")


def _patterns(caller: Principal, events: Sequence[str]) -> tuple[str, ...]:
    return checked(events, privileged=caller.may(Permission.EVENTS_READ_PRIVILEGED))


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _tell(session: Session, endpoint: Endpoint, change: str, act: Act, **data: Any) -> None:
    record(
        session,
        Event(
            type="settings.changed",
            merchant=endpoint.merchant,
            occurred_at=act.now,
            actor=act.actor,
            origin=act.origin,
            data={
                "settings": "webhook_endpoints",
                "webhook_endpoint": endpoint.id,
                "change": change,
                **data,
            },
        ),
    )
