"""The table of roles denies what it does not list."""

from compliance.roles import ROLE_PERMISSIONS, Permission, Role


def test_only_those_who_see_the_whole_merchant_read_privileged_events() -> None:
    for role, held in ROLE_PERMISSIONS.items():
        if Permission.EVENTS_READ_PRIVILEGED in held:
            assert Permission.MERCHANT_WIDE in held, role


def test_who_may_change_something_may_read_it() -> None:
    reading = {
        Permission.LINKS_WRITE: Permission.LINKS_READ,
        Permission.CUSTOMERS_WRITE: Permission.CUSTOMERS_READ,
        Permission.CONVERSATIONS_WRITE: Permission.CONVERSATIONS_READ,
        Permission.CANNED_REPLIES_WRITE: Permission.CONVERSATIONS_READ,
        Permission.GUIDANCE_WRITE: Permission.LINKS_READ,
        Permission.SETTINGS_WRITE: Permission.SETTINGS_READ,
        Permission.WEBHOOKS_WRITE: Permission.WEBHOOKS_READ,
    }
    for role in Role:
        for write, read in reading.items():
            assert write not in ROLE_PERMISSIONS[role] or read in ROLE_PERMISSIONS[role]


def test_who_sees_what_is_sent_to_webhooks_may_read_every_event_anyway() -> None:
    for role, held in ROLE_PERMISSIONS.items():
        if Permission.WEBHOOKS_READ in held:
            assert Permission.EVENTS_READ_PRIVILEGED in held, role
