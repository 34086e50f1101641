"""Who may do what: named permissions, and the roles that hold them. What is not listed is denied."""

from enum import StrEnum
from typing import Final


class Permission(StrEnum):
    """One thing that somebody may be allowed to do."""

    LINKS_READ = "links.read"
    LINKS_WRITE = "links.write"
    PAYMENTS_READ = "payments.read"
    CUSTOMERS_READ = "customers.read"
    CUSTOMERS_WRITE = "customers.write"
    EVENTS_READ = "events.read"
    EVENTS_READ_PRIVILEGED = "events.read_privileged"
    MERCHANT_WIDE = "merchant_wide"  # sees and changes every agent's work, not only the team's
    USERS_READ = "users.read"


class Role(StrEnum):
    """A person's job, or `integration` for software with an API key."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    AUDITOR = "auditor"
    INTEGRATION = "integration"


_READ: Final = frozenset(
    {
        Permission.LINKS_READ,
        Permission.PAYMENTS_READ,
        Permission.CUSTOMERS_READ,
        Permission.EVENTS_READ,
        Permission.USERS_READ,
    }
)
_WORK: Final = _READ | {Permission.LINKS_WRITE, Permission.CUSTOMERS_WRITE}
_FLOOR: Final = _WORK | {Permission.MERCHANT_WIDE, Permission.EVENTS_READ_PRIVILEGED}

ROLE_PERMISSIONS: Final[dict[Role, frozenset[Permission]]] = {
    Role.AGENT: _WORK,
    Role.SUPERVISOR: _FLOOR,
    Role.ADMIN: _FLOOR,
    Role.AUDITOR: _READ | {Permission.MERCHANT_WIDE, Permission.EVENTS_READ_PRIVILEGED},
    Role.INTEGRATION: _FLOOR,
}
