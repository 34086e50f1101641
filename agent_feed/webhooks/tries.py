"""The log of tries: what each request said and what came back, sealed as the event itself is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from agent_feed.webhooks import sealing
from agent_feed.webhooks.deliveries import Delivery, webhook_deliveries
from compliance import masking
from compliance.vault import Vault
from core.clock import rfc3339
from core.database import Session, UtcDateTime, metadata
from core.outbound.sender import Answer

# Whoever reads the log must not be able to sign with it.
_UNLOGGED: Final = frozenset({"webhook-signature"})
_SHOWN_MAX: Final = 100

webhook_tries = sa.Table(
    "webhook_tries",
    metadata,
    sa.Column("delivery", sa.String(40), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("started_at", UtcDateTime, nullable=False),
    sa.Column("milliseconds", sa.Integer, nullable=False),
    sa.Column("response_status", sa.Integer),
    sa.Column("problem", sa.String(24)),
    sa.Column("exchange", sa.Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Try:
    """One request that was made, and its answer."""

    delivery: Delivery
    headers: Mapping[str, str]
    answer: Answer
    started_at: datetime
    milliseconds: int


async def log_try(session: Session, vault: Vault, made: Try) -> None:
    """Keeps it. Text that looks like a card number is masked, whoever sent it."""
    answer, delivery = made.answer, made.delivery
    exchange = {
        "request_headers": {
            name: value for name, value in made.headers.items() if name not in _UNLOGGED
        },
        "response_headers": masking.mask_value(dict(answer.headers)),
        "response_body": masking.mask(_text(answer.body)),
    }
    await session.execute(
        sa.insert(webhook_tries).values(
            delivery=delivery.id,
            number=delivery.tries,
            started_at=made.started_at,
            milliseconds=made.milliseconds,
            response_status=answer.status,
            problem=answer.problem,
            exchange=await sealing.seal(
                session,
                vault,
                json.dumps(exchange),
                merchant=delivery.merchant,
                customer=delivery.customer,
                now=made.started_at,
            ),
        )
    )


async def tries_of(session: Session, vault: Vault, delivery: Delivery) -> list[dict[str, Any]]:
    """Every try of the delivery for the API, oldest first. What was erased is null."""
    body = await sealing.opened(session, vault, delivery.payload)
    rows = await session.all(
        sa.select(webhook_tries)
        .where(webhook_tries.c.delivery == delivery.id)
        .order_by(webhook_tries.c.number)
        .limit(_SHOWN_MAX)
    )
    return [await _try(session, vault, row, body=body) for row in rows]


async def clear_away(
    session: Session, endpoint: str, *, finished_before: datetime | None, limit: int
) -> int:
    """Of the oldest deliveries, deletes those done before a moment (None: all), with their tries. Answers how many."""
    columns = webhook_deliveries.c
    oldest = await session.all(
        sa.select(columns.id, columns.finished_at)
        .where(columns.endpoint == endpoint)
        .order_by(columns.id)
        .limit(limit)
    )
    ids = [row["id"] for row in oldest if _is_over(row["finished_at"], finished_before)]
    if ids:
        await session.execute(sa.delete(webhook_tries).where(webhook_tries.c.delivery.in_(ids)))
        await session.execute(sa.delete(webhook_deliveries).where(columns.id.in_(ids)))
    return len(ids)


def _is_over(finished_at: datetime | None, before: datetime | None) -> bool:
    return before is None or (finished_at is not None and finished_at < before)


async def _try(
    session: Session, vault: Vault, row: sa.RowMapping, *, body: str | None
) -> dict[str, Any]:
    text = await sealing.opened(session, vault, row["exchange"])
    exchange = json.loads(text) if text is not None else {}
    answered = row["response_status"] is not None
    return {
        "number": row["number"],
        "started_at": rfc3339(row["started_at"]),
        "milliseconds": row["milliseconds"],
        "problem": row["problem"],
        "request": {"headers": exchange.get("request_headers"), "body": body},
        "response": {
            "status": row["response_status"],
            "headers": exchange.get("response_headers"),
            "body": exchange.get("response_body"),
        }
        if answered
        else None,
    }


def _text(body: bytes) -> str:
    # NUL is text to JSON, and not to every database or reader.
    return body.decode("utf-8", errors="replace").replace("\x00", "�")
