"""How long it is kept what links must be asked about: customers without contact, the words of messages, page reports.

A customer is erased just as by hand (`channels.customer_erasing`), once nobody has heard of them for long and nothing
of theirs is open: no link that can be paid, no money held or on its way, no dispute. Amounts and the journal stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from channels.customer_erasing import erase_customer
from channels.customer_records import CustomerRecords
from channels.customer_table import ERASED, customers
from channels.message_store import messages
from channels.retained import old_messages, take_words_out
from compliance.journal.entry import journal_entries
from compliance.principal import Principal
from compliance.retention import DataKind, Past, deleting, rows_where
from compliance.roles import Role
from compliance.vault import Vault
from core.database import Session
from links.states import OPEN
from links.tables import links
from links.watch.tables import page_reports
from payments.states import LIVE, DisputeState, PaymentState
from payments.tables import attempts, payments

_OPEN_LINKS: Final = sorted(state.value for state in OPEN)
_LIVE: Final = sorted(state.value for state in LIVE)
# Money is held, on its way, or owed in part. A debt that nobody can pay any more is over.
_UNSETTLED: Final = sorted(
    {PaymentState.IN_PROGRESS, PaymentState.AUTHORISED, PaymentState.PARTIALLY_PAID}
)


class _ByRule(Principal):
    """Nobody's act, but the rule's that the merchant has set."""

    @property
    def actor(self) -> str:
        return "system"


def _reported(merchant: str, before: datetime, _now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(page_reports.c.merchant == merchant, page_reports.c.last_at < before)


PAGE_REPORTS: Final = DataKind(
    name="page_reports",
    what="what browsers say they stopped on the pay page",
    tables=("page_reports",),
    field="page_reports_days",
    look=rows_where(page_reports, page_reports.c.last_at, _reported),
    sweep=deleting(page_reports, page_reports.c.id, _reported),
)


def _said(merchant: str, before: datetime, _now: datetime) -> sa.ColumnElement[bool]:
    about_open = sa.exists().where(
        links.c.id == messages.c.link, _is_open(), links.c.merchant == merchant
    )
    return sa.and_(old_messages(merchant, before), ~about_open)


async def _take_words_out(session: Session, merchant: str, before: datetime, now: datetime) -> int:
    return await take_words_out(session, _said(merchant, before, now))


MESSAGE_BODIES: Final = DataKind(
    name="message_bodies",
    what="the words and addresses of messages; that they were sent is kept",
    tables=("messages",),
    field="message_bodies_days",
    look=rows_where(messages, messages.c.created_at, _said),
    sweep=_take_words_out,
)


@dataclass(frozen=True, slots=True)
class _Customers:
    vault: Vault
    records: CustomerRecords

    async def look(self, session: Session, merchant: str, before: datetime, now: datetime) -> Past:
        found = await session.all(
            sa.select(
                sa.func.count().label("rows"), sa.func.min(customers.c.updated_at).label("at")
            )
            .select_from(customers)
            .where(_silent(merchant, before))
        )
        return Past(found[0]["rows"], found[0]["at"])

    async def sweep(self, session: Session, merchant: str, before: datetime, now: datetime) -> int:
        """One customer a database transaction: its locks are taken in their order."""
        chosen = await session.scalar(
            sa.select(customers.c.id)
            .where(_silent(merchant, before))
            .order_by(customers.c.id)
            .limit(1)
        )
        if chosen is None:
            return 0
        await erase_customer(
            session,
            self.vault,
            principal=_ByRule(merchant, "key", "retention", "retention", Role.INTEGRATION),
            customer_id=chosen,
            others=self.records,
            now=now,
        )
        return 1


def kinds(vault: Vault, records: CustomerRecords) -> Sequence[DataKind]:
    """What this room deletes."""
    people = _Customers(vault, records)
    return (
        PAGE_REPORTS,
        MESSAGE_BODIES,
        DataKind(
            name="customers",
            what="customers without contact, erased with their key; amounts are kept",
            tables=("customers", "addresses", "consents", "conversations"),
            field="customers_days",
            look=people.look,
            sweep=people.sweep,
        ),
    )


def _is_open() -> sa.ColumnElement[bool]:
    """The link can be paid, or money of it is not settled."""
    trying = sa.exists().where(attempts.c.payment == links.c.payment, attempts.c.state.in_(_LIVE))
    unsettled = sa.exists().where(
        payments.c.id == links.c.payment,
        payments.c.state.in_(_UNSETTLED) | (payments.c.dispute_state == DisputeState.OPEN.value),
    )
    return sa.or_(links.c.state.in_(_OPEN_LINKS), trying, unsettled)


def _silent(merchant: str, before: datetime) -> sa.ColumnElement[bool]:
    """Customers of whom nobody has heard since: neither of them nor of anybody merged into them."""
    walk = (
        sa.select(customers.c.id.label("root"), customers.c.id.label("member"))
        .where(customers.c.merchant == merchant, customers.c.merged_into.is_(None))
        .cte("walk", recursive=True)
    )
    walk = walk.union(
        sa.select(walk.c.root, customers.c.id)
        .join(walk, customers.c.merged_into == walk.c.member)
        .where(customers.c.merchant == merchant)
    )
    heard_of = sa.exists().where(
        journal_entries.c.merchant == merchant,
        journal_entries.c.customer == walk.c.member,
        journal_entries.c.occurred_at >= before,
    )
    owing = sa.exists().where(
        links.c.merchant == merchant, links.c.customer == walk.c.member, _is_open()
    )
    busy = sa.select(walk.c.root).where(sa.or_(heard_of, owing))
    return sa.and_(
        customers.c.merchant == merchant,
        customers.c.merged_into.is_(None),
        customers.c.sealed != ERASED,
        customers.c.updated_at < before,
        customers.c.id.not_in(busy),
    )
