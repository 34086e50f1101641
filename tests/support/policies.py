"""What a merchant asks of its people, set as a test wants it."""

from datetime import datetime

from compliance.merchant_settings import merchant_settings
from compliance.second_factor import MfaPolicy
from core.database import Session, upsert


async def ask_no_second_factor(session: Session, merchant: str, *, now: datetime) -> None:
    """Admins sign in by password alone, unless a test is about that. The journal does not tell of it."""
    await session.execute(
        upsert(session, merchant_settings)
        .values(
            merchant=merchant,
            name=MfaPolicy.name,
            value={"required_for": []},
            updated_at=now,
            updated_by="system",
        )
        .on_conflict_do_nothing()
    )
