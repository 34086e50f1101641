"""What other rooms keep of a customer, told and ended through this face; this room knows nothing of links itself."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from compliance.principal import Principal
from core.database import Session


class CustomerRecords(Protocol):
    """The part of another room in a customer's export and erasure. `customers` are the ids of one group."""

    async def export(
        self, session: Session, principal: Principal, customers: Sequence[str]
    ) -> Mapping[str, Any]:
        """What it keeps, under the names it has in the export."""
        ...

    async def end(
        self, session: Session, principal: Principal, customers: Sequence[str], *, now: datetime
    ) -> None:
        """Ends what is open, before any address is locked. Raises a conflict when something must not be ended now."""
        ...
