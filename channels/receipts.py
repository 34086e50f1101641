"""Keeps what a network reports about a delivery: in any order, as often as it likes."""

from datetime import datetime

import sqlalchemy as sa
import structlog

from channels.accounts import ChannelAccount
from channels.deliveries import hold_delivery, report_fact
from channels.message_store import deliveries
from channels.port import Receipt
from channels.watermarks import record_watermark
from compliance.vault import Vault
from core.database import Session

_log = structlog.get_logger(__name__)


async def record_receipt(
    session: Session, vault: Vault, account: ChannelAccount, receipt: Receipt, *, now: datetime
) -> bool:
    """Moves the delivery that the receipt is about. False when it says nothing new, or nothing about ours.

    A provider reports on everything that its account sends, also for other software; what is not ours is left.
    """
    if receipt.until is not None:
        return await record_watermark(session, vault, account, receipt, now=now)
    delivery = await _find(session, account, receipt)
    held = await hold_delivery(session, delivery) if delivery is not None else None
    if held is None:
        _log.info("receipt.unmatched", account=account.id)
        return False
    return await report_fact(
        session,
        vault,
        held,
        fact=receipt.fact,
        provider_id=receipt.provider_id,
        problem=receipt.code,
        price=receipt.price,
        actor=account.actor,
        now=now,
    )


async def _find(session: Session, account: ChannelAccount, receipt: Receipt) -> str | None:
    """Our own id counts first: it is there before the provider's is known to us."""
    for column, value in (
        (deliveries.c.id, receipt.delivery),
        (deliveries.c.provider_id, receipt.provider_id),
    ):
        if value is None:
            continue
        found: str | None = await session.scalar(
            sa.select(deliveries.c.id).where(
                deliveries.c.account == account.id,
                deliveries.c.merchant == account.merchant,
                column == value,
            )
        )
        if found is not None:
            return found
    return None
