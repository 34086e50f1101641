"""Inventories: ciphers (PCI DSS 12.3.3), keys (3.6.1), and who has access (7.2.4)."""

from typing import Any, Final

import sqlalchemy as sa

from compliance.api_keys import api_keys
from compliance.custom_roles import custom_roles
from compliance.key_rotation import census
from compliance.master_keys import MasterKeys
from compliance.users import users
from compliance.vault import vault_keys
from core.clock import rfc3339
from core.database import Session

_ROWS_MAX: Final = 10_000

CIPHERS: Final = (
    ("personal data, messages, credentials, link tokens", "AES-256-GCM, 96-bit random nonces", "NIST SP 800-38D"),
    ("data keys under the master key", "AES-256-GCM, bound to the key's id", "NIST SP 800-38D"),
    ("finding sealed addresses and links again", "HMAC-SHA-256 under the merchant's key", "RFC 2104"),
    ("passwords", "Argon2id", "RFC 9106"),
    ("session cookies, API keys, tickets", "random, 128 bits or more; kept as SHA-256", "NIST SP 800-90A"),
    ("the journal's chain", "SHA-256", "FIPS 180-4"),
    ("webhooks out", "HMAC-SHA-256", "Standard Webhooks 1.0"),
    ("webhooks in", "the provider's: HMAC-SHA-256; Twilio HMAC-SHA-1; Vonage JWT HS256", "the provider's own"),
    ("connections to PSPs, networks, webhooks, mail", "TLS 1.2 or later, certificates verified", "RFC 8446, RFC 5246"),
    ("connections to us", "your proxy's TLS; HSTS", "RFC 6797"),
    ("scripts of the pay page", "SHA-384 (SRI), a nonce a page", "W3C SRI, CSP 3"),
)  # fmt: skip


async def keys(session: Session, masters: MasterKeys) -> list[dict[str, Any]]:
    """The master keys that are set, and the data keys under them. Ids and counts; never a key."""
    found = await census(session, masters)
    oldest = await session.scalar(
        sa.select(sa.func.min(vault_keys.c.created_at)).where(vault_keys.c.wrapped.is_not(None))
    )
    destroyed = await session.scalar(
        sa.select(sa.func.count()).where(vault_keys.c.destroyed_at.is_not(None))
    )
    first, *others = masters.known
    rows = [_key(f"master key {first.id}", "wraps data keys", found.current)]
    rows += [_key(f"master key {key.id}", "earlier; still opens", None) for key in others]
    rows.append(_key("data keys under earlier master keys", "to be rotated", found.earlier))
    rows.append(_key("data keys under master keys that are not set", "unreadable", found.unknown))
    rows.append(_key("data keys destroyed by erasure", "unreadable for good", destroyed))
    if oldest is not None:
        rows.append(_key("oldest data key", f"made {rfc3339(oldest)}", None))
    return rows


def _key(what: str, state: str, count: int | None) -> dict[str, Any]:
    return {"what": what, "state": state, "data_keys": "" if count is None else count}


async def access_list(session: Session) -> list[dict[str, Any]]:
    """Who may get in: people by id, role and team, software by key. No names or addresses: they are personal data.

    With a role of the merchant's own, `custom_role` says which and `permissions` what it holds.
    """
    made = {
        row["id"]: row
        for row in await session.all(sa.select(custom_roles).order_by(custom_roles.c.id))
    }
    people = await session.all(
        sa.select(users).order_by(users.c.merchant, users.c.id).limit(_ROWS_MAX)
    )
    software = await session.all(
        sa.select(api_keys).order_by(api_keys.c.merchant, api_keys.c.id).limit(_ROWS_MAX)
    )
    rows = [
        {
            "merchant": row["merchant"],
            "id": row["id"],
            "kind": "user",
            "role": row["role"],
            **_custom(made.get(row["custom_role"]), row["custom_role"]),
            "team": row["team"] or "",
            "since": rfc3339(row["created_at"]),
            "ended": rfc3339(row["disabled_at"]) if row["disabled_at"] else "",
        }
        for row in people
    ]
    return rows + [
        {
            "merchant": row["merchant"],
            "id": row["id"],
            "kind": "API key",
            "role": row["role"],
            **_custom(None, None),
            "team": "",
            "since": rfc3339(row["created_at"]),
            "ended": rfc3339(row["revoked_at"]) if row["revoked_at"] else "",
        }
        for row in software
    ]


def _custom(role: sa.RowMapping | None, role_id: str | None) -> dict[str, Any]:
    if role is None:
        return {"custom_role": role_id or "", "permissions": ""}
    return {
        "custom_role": f"{role['name']} ({role_id})",
        "permissions": " ".join(sorted(role["permissions"])),
    }
