"""What no door makes by itself, put into the town as its rows: a delivery, a day's books, a passkey."""

import secrets
from datetime import timedelta

import sqlalchemy as sa

from agent_feed.webhooks import sealing
from agent_feed.webhooks.deliveries import insert_deliveries, webhook_deliveries
from app.wiring import House
from compliance.passkey_proofs import Made
from compliance.passkeys import add
from compliance.password_changes import locked
from compliance.users import users
from core.database import Session
from core.ids import new_id
from payments.reconciliations import reconciliations


async def put_in_rows(
    house: House, merchant: str, *, account: str, endpoint: str, customer: str, email: str
) -> dict[str, str]:
    """The ids that the API calls them by."""
    async with house.database.transaction() as session:
        return {
            "delivery_id": await _delivery(session, house, merchant, endpoint, customer),
            "reconciliation_id": await _books(session, house, merchant, account),
            "passkey_id": await _passkey(session, house, merchant, email),
        }


async def _delivery(
    session: Session, house: House, merchant: str, endpoint: str, customer: str
) -> str:
    now = house.clock()
    payload = await sealing.seal(
        session, house.vault, "{}", merchant=merchant, customer=customer, now=now
    )
    row = {
        "endpoint": endpoint,
        "merchant": merchant,
        "event": new_id("evt", now),
        "type": "link.created",
        "position": 1,
        "round": 0,
        "customer": customer,
        "payload": payload,
        "created_at": now,
    }
    await insert_deliveries(session, [row])
    found: str = await session.scalar(
        sa.select(webhook_deliveries.c.id).where(webhook_deliveries.c.event == row["event"])
    )
    return found


async def _books(session: Session, house: House, merchant: str, account: str) -> str:
    now = house.clock()
    made = new_id("rec", now)
    await session.execute(
        sa.insert(reconciliations).values(
            id=made,
            merchant=merchant,
            account=account,
            day=(now - timedelta(days=1)).date(),
            state="matched",
            counts={"charge": 1},
            sums={"GBP": {"charge": 4999}},
            differences=[],
            differences_count=0,
            created_at=now,
        )
    )
    return made


async def _passkey(session: Session, house: House, merchant: str, email: str) -> str:
    user = await session.scalar(
        sa.select(users.c.id).where(users.c.merchant == merchant, users.c.role == "auditor")
    )
    made = Made(secrets.token_urlsafe(16), "a2V5", 0, user_verified=True)
    added = await add(
        session,
        house.vault,
        await locked(session, user),
        made,
        name=f"Laptop of {email}",
        transports=[],
        now=house.clock(),
    )
    return added.passkey.id
