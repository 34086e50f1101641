"""The data flow (PCI DSS 1.2.4), drawn from the code's own doors and tables, as a Mermaid diagram."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import ModuleType
from typing import Final

import sqlalchemy as sa

from app.evidence.doors import Door

# Who comes through a door, by the beginning of its path.
_CALLERS: Final = {
    "/p/": "customer",
    "/u/": "customer",
    "/chat/": "customer",
    "/webhooks/psp/": "psp",
    "/webhooks/channels/": "network",
    "/v1/": "people",
}
_ROOMS: Final = {
    "payments": ("/v1/payments", "/v1/transactions", "/v1/reviews", "/v1/reconciliations", "/webhooks/psp/"),
    "links": ("/v1/links", "/v1/message-previews", "/v1/page-", "/v1/brand", "/p/"),
    "agent_feed": ("/v1/feed", "/v1/events", "/v1/reports", "/v1/webhook-endpoints"),
    "compliance": ("/v1/sessions", "/v1/sso", "/v1/users", "/v1/settings"),
}  # fmt: skip
_HEAD: Final = """flowchart LR
  customer["Customer's browser"]
  people["Agents, supervisors, integrations"]
  psp["PSP"]
  network["Mail and messaging networks"]
  receiver["Integrators' webhook receivers"]
  customer == "card number and security code, into the PSP's own fields" ==> psp
"""
_OUT: Final = """  payments -- "amount, currency, token; by TLS" --> psp
  channels -- "messages with the link; by TLS" --> network
  agent_feed -- "signed events; by TLS" --> receiver
"""


def diagram(doors: Iterable[Door], tables: Mapping[str, Sequence[str]]) -> str:
    """Mermaid text: who comes in where, what each room keeps, what goes out. Card data never reaches a room."""
    came: dict[tuple[str, str], int] = defaultdict(int)
    for door in doors:
        caller = next((c for begin, c in _CALLERS.items() if door.path.startswith(begin)), None)
        if caller is not None:
            came[caller, room_of(door.path)] += 1
    lines = [
        f'  {caller} -- "{count} doors" --> {room}'
        for (caller, room), count in sorted(came.items())
    ]
    for room, names in sorted(tables.items()):
        lines.append(f'  {room} --> {room}_tables[("{"<br/>".join(names)}")]')
    return _HEAD + "\n".join(lines) + "\n" + _OUT


def room_of(path: str) -> str:
    """The room behind a door; what is not another's is the channels'."""
    for room, begins in _ROOMS.items():
        if path.startswith(begins):
            return room
    return "channels"


def tables_by_room(modules: Iterable[ModuleType]) -> dict[str, list[str]]:
    """The tables that these modules declare, by room. Of several that name a table the first has declared it."""
    declared: dict[str, str] = {}
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, sa.Table):
                declared.setdefault(value.name, module.__name__.partition(".")[0])
    found: dict[str, list[str]] = defaultdict(list)
    for table, room in sorted(declared.items()):
        found[room].append(table)
    return dict(found)
