"""Who may do what: named permissions, and the roles that hold them. What is not listed is denied."""

from enum import StrEnum
from typing import Final


class Permission(StrEnum):
    """One thing that somebody may be allowed to do."""

    LINKS_READ = "links.read"
    LINKS_WRITE = "links.write"
    PAYMENTS_READ = "payments.read"
    PAYMENTS_WRITE = "payments.write"  # to capture what is held, or let it go
    REFUNDS_WRITE = "refunds.write"  # to give money back, and to clear a payment's flags
    PAYMENTS_REVIEW = "payments.review"  # to say whether money that is held for review is taken
    TRANSACTIONS_READ = "transactions.read"
    CUSTOMERS_READ = "customers.read"
    CUSTOMERS_WRITE = "customers.write"
    CONVERSATIONS_READ = "conversations.read"  # threads, and the answers that are kept ready
    CONVERSATIONS_WRITE = "conversations.write"
    CANNED_REPLIES_WRITE = "canned_replies.write"
    GUIDANCE_WRITE = "guidance.write"  # what agents are told to say when a customer is stuck
    CUSTOMERS_ERASE = (
        "customers.erase"  # to take out everything about a customer, and to destroy it
    )
    EVENTS_READ = "events.read"
    EVENTS_READ_PRIVILEGED = "events.read_privileged"
    MERCHANT_WIDE = "merchant_wide"  # sees and changes every agent's work, not only the team's
    REPORTS_READ = "reports.read"
    USERS_READ = "users.read"
    USERS_WRITE = "users.write"  # to invite people, change what they may, and show them out
    KEYS_READ = "keys.read"
    KEYS_WRITE = "keys.write"
    SETTINGS_READ = "settings.read"
    SETTINGS_WRITE = "settings.write"
    WEBHOOKS_READ = "webhooks.read"  # endpoints, and the log of what was sent to them
    WEBHOOKS_WRITE = "webhooks.write"
    PAGE_ACCEPT = (
        "page.accept"  # to say that a change of the pay page's scripts or headers is meant
    )
    EMBED_VOUCH = "embed.vouch"  # to let a user into the panel that is embedded in one's own pages


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
        Permission.CONVERSATIONS_READ,
        Permission.EVENTS_READ,
        Permission.USERS_READ,
    }
)
_WORK: Final = _READ | {
    Permission.LINKS_WRITE,
    Permission.PAYMENTS_WRITE,
    Permission.CUSTOMERS_WRITE,
    Permission.CONVERSATIONS_WRITE,
}
_SEES_ALL: Final = frozenset(
    {
        Permission.MERCHANT_WIDE,
        Permission.EVENTS_READ_PRIVILEGED,
        Permission.TRANSACTIONS_READ,
        Permission.REPORTS_READ,
        Permission.SETTINGS_READ,
    }
)
_FLOOR: Final = (
    _WORK
    | _SEES_ALL
    | {
        Permission.REFUNDS_WRITE,
        Permission.CANNED_REPLIES_WRITE,
        Permission.GUIDANCE_WRITE,
        Permission.CUSTOMERS_ERASE,
    }
)
_RUNS_IT: Final = frozenset(
    {Permission.SETTINGS_WRITE, Permission.WEBHOOKS_READ, Permission.WEBHOOKS_WRITE}
)
# A person's alone: software that could let others in would be a way around every other rule.
_LETS_IN: Final = frozenset({Permission.USERS_WRITE, Permission.KEYS_READ, Permission.KEYS_WRITE})

ROLE_PERMISSIONS: Final[dict[Role, frozenset[Permission]]] = {
    Role.AGENT: _WORK,
    Role.SUPERVISOR: _FLOOR | {Permission.PAYMENTS_REVIEW},
    Role.ADMIN: _FLOOR | _RUNS_IT | _LETS_IN | {Permission.PAYMENTS_REVIEW, Permission.PAGE_ACCEPT},
    Role.AUDITOR: _READ | _SEES_ALL | {Permission.WEBHOOKS_READ, Permission.KEYS_READ},
    # A review is a person's look; the limits are the merchant's own software's to set.
    Role.INTEGRATION: _FLOOR | _RUNS_IT | {Permission.EMBED_VOUCH},
}
