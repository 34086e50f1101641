"""What the fraud rules count: what was tried of late, by link, address, device, card, bank and merchant.

The payments and sign-ins around a try are counted within one merchant, and each window ends.
"""

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from compliance.origins import hash_of_origin
from compliance.sessions import sign_in
from core.money import Money
from payments.attempts import Attempt, begin_attempt
from payments.fraud import FraudCounts, FraudPolicy, Seen, Usual, Verdict, assess
from payments.fraud_history import count
from payments.gateway import Abandoned, Authorised, Declined, Outcome, Succeeded
from payments.payments import Payment, lock_payment
from payments.tables import attempts
from tests.conftest import PASSWORD, NewMerchant, NewUser
from tests.payments.conftest import ALLOWED, NewTill, Till

NO = Declined(None, "generic_decline")
NOTHING = FraudCounts(merchant_country="GB")
EVERYTHING: dict[str, Any] = {
    "origin": "here",
    "fingerprint": "card",
    "device_key": "phone",
    "bin_key": "bank",
}
PUBLIC = "81.2.69.142"


async def tried(
    till: Till, payment: Payment | None = None, outcome: Outcome | None = NO, **known: Any
) -> Attempt:
    """One attempt with a card, an address and a device; on a debt of its own unless it is named."""
    payment = payment or await till.owe()
    async with till.database.transaction() as session:
        held = await lock_payment(session, payment.id)
        submission = till.submission(**known)
        attempt = await begin_attempt(session, held, submission, check=ALLOWED, now=till.clock())
    return attempt if outcome is None else await till.tell(attempt, outcome)


async def paid(till: Till, minor: int = 4999, currency: str = "GBP", **known: Any) -> Payment:
    """A debt that was paid."""
    customer = known.pop("customer", None)
    payment = await till.owe(minor, currency, customer=customer)
    reference = f"pi_{payment.id}"
    await tried(till, payment, Succeeded(reference, Money.of(minor, currency)), **known)
    return payment


async def counted(till: Till, payment: Payment | None = None, **asked: Any) -> FraudCounts:
    question: dict[str, Any] = {**EVERYTHING, "link": payment.link if payment else "lnk_none"}
    async with till.database.snapshot() as session:
        return await count(
            session, merchant=till.merchant.id, now=till.clock(), **(question | asked)
        )


async def test_nothing_was_seen_of_a_new_link(till: Till) -> None:
    assert NOTHING == await counted(till, await till.owe(), amount=Money.of(1, "GBP"))


async def test_declines_count_for_everything_that_the_tries_had_in_common(till: Till) -> None:
    payment = await till.owe()
    for _ in range(3):
        await tried(till, payment, **EVERYTHING)

    seen = Seen(tries=3, declines=3, cards=1, links=1)
    expected = replace(
        NOTHING,
        link=seen,
        address=seen,
        device=seen,
        card=seen,
        bin=seen,
        merchant=seen,
        card_links_hour=1,
    )
    assert expected == await counted(till, payment)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (None, Seen(tries=1)),
        (Abandoned("pi_1"), Seen(tries=1, cards=1)),
        (Authorised("pi_1", Money.of(4999, "GBP")), Seen(tries=1, paid=1)),
        (Succeeded("pi_1", Money.of(4999, "GBP")), Seen(tries=1, paid=1)),
        (NO, Seen(tries=1, declines=1, cards=1, links=1)),
    ],
)
async def test_a_try_counts_for_what_became_of_it(
    till: Till, outcome: Outcome | None, expected: Seen
) -> None:
    """A live one is no decline yet; one that was given up brought no money, and is no decline either."""
    payment = await till.owe()
    await tried(till, payment, outcome, **EVERYTHING)

    assert expected == (await counted(till, payment)).link


async def test_another_link_counts_for_all_but_the_link(till: Till) -> None:
    await tried(till, **EVERYTHING)
    found = await counted(till, await till.owe())

    once = Seen(tries=1, declines=1, cards=1, links=1)
    assert (Seen(), once, once, once, once, once, 1) == (
        found.link,
        found.address,
        found.device,
        found.card,
        found.bin,
        found.merchant,
        found.card_links_hour,
    )


async def test_cards_and_links_are_told_apart(till: Till) -> None:
    for card in ("one", "two", "two", "three"):
        await tried(till, origin="here", fingerprint=card)
    found = (await counted(till)).address

    assert (4, 3, 4) == (found.declines, found.cards, found.links)


async def test_an_hour_later_only_the_cards_day_remembers(till: Till) -> None:
    payment = await till.owe()
    await tried(till, payment, **EVERYTHING)
    till.clock.advance(hours=1)

    remembered = Seen(tries=1, declines=1, cards=1, links=1)
    assert replace(NOTHING, card=remembered) == await counted(till, payment)


async def test_a_day_later_all_is_forgotten(till: Till) -> None:
    payment = await till.owe()
    await tried(till, payment, **EVERYTHING)
    till.clock.advance(days=1)

    assert NOTHING == await counted(till, payment)


async def test_what_is_unknown_is_not_everybody_elses(till: Till) -> None:
    """Tries without a fingerprint are no declines of one card."""
    payment = await till.owe()
    await tried(till, payment)
    seen = Seen(tries=1, declines=1, links=1)

    assert replace(NOTHING, link=seen, merchant=seen) == await counted(
        till, payment, origin=None, fingerprint=None, device_key=None, bin_key=None
    )


async def test_another_merchants_declines_are_not_ours(
    till: Till, new_till: NewTill, new_merchant: NewMerchant
) -> None:
    other = await new_till(await new_merchant("Other Ltd"))
    await tried(other, **EVERYTHING)
    await paid(other, customer="cus_1")

    assert NOTHING == await counted(till, customer="cus_1", amount=Money.of(1, "GBP"))


async def test_small_declines_are_counted_in_the_currency_at_hand(till: Till) -> None:
    for minor, currency in ((500, "GBP"), (501, "GBP"), (500, "EUR"), (100, "GBP")):
        await tried(till, await till.owe(minor, currency), origin="here")
    pounds = await counted(till, amount=Money.of(100, "GBP"))
    none = await counted(till)

    assert (2, 2, 0) == (
        pounds.address.small_declines,
        pounds.merchant.small_declines,
        none.address.small_declines,
    )


# Habits


async def test_the_usual_amount_is_what_95_of_100_payments_do_not_exceed(till: Till) -> None:
    for number in range(20):
        await paid(till, 9_999_999 if number == 19 else 1_000 + number)
    await paid(till, 50, "EUR")
    found = await counted(till, amount=Money.of(1, "GBP"))

    assert Usual(20, 1_018) == found.usual


async def test_what_was_only_tried_or_held_or_long_ago_is_not_usual(till: Till) -> None:
    await paid(till, 7_000)
    till.clock.advance(days=90)
    await tried(till, await till.owe(8_000))
    hold = await till.owe(9_000)
    await tried(till, hold, Authorised("pi_9", Money.of(9_000, "GBP")))

    assert Usual() == (await counted(till, amount=Money.of(1, "GBP"))).usual


async def test_a_customers_own_payments_are_known_for_a_year(till: Till) -> None:
    await paid(till, 9_000, customer="cus_1")
    till.clock.advance(days=200)
    for minor, currency in ((1_000, "GBP"), (3_000, "GBP"), (9_999, "EUR")):
        await paid(till, minor, currency, customer="cus_1")
    await paid(till, 50_000, customer="cus_2")
    pounds = Money.of(1, "GBP")
    recent = (await counted(till, customer="cus_1", amount=pounds)).usual
    till.clock.advance(days=200)
    later = (await counted(till, customer="cus_1", amount=pounds)).usual

    assert ((3, 9_000), (2, 3_000)) == (
        (recent.customer_payments, recent.customer_most),
        (later.customer_payments, later.customer_most),
    )


# The link's own agent


async def test_an_agents_sign_in_from_the_customers_address_is_found_for_some_days(
    till: Till, new_user: NewUser
) -> None:
    agent = await new_user(till.merchant.id, email="zoe@acme.example")
    colleague = await new_user(till.merchant.id, email="ann@acme.example")
    await sign_in(
        till.database,
        till.vault,
        email="zoe@acme.example",
        password=PASSWORD,
        origin=PUBLIC,
        now=till.clock(),
    )
    async with till.database.snapshot() as session:
        here = await hash_of_origin(session, till.vault, PUBLIC, now=till.clock())
        elsewhere = await hash_of_origin(session, till.vault, "81.2.69.143", now=till.clock())
    off = FraudPolicy(own_link_days_review=0)
    today = [
        (await counted(till, **asked)).agent_address
        for asked in (
            {"agent": agent.id, "origin": here},
            {"agent": colleague.id, "origin": here},
            {"agent": agent.id, "origin": elsewhere},
            {"agent": agent.id, "origin": None},
            {"agent": None, "origin": here},
            {"agent": agent.id, "origin": here, "policy": off},
        )
    ]
    till.clock.advance(days=7)
    next_week = await counted(till, agent=agent.id, origin=here)

    assert [True, False, False, False, False, False] == today
    assert not next_week.agent_address


# Honest customers


async def judged(till: Till, **asked: Any) -> Verdict:
    amount = Money.of(4999, "GBP")
    counts = await counted(till, amount=amount, **asked)
    return assess(amount, counts, FraudPolicy()).verdict


async def test_a_queue_of_customers_behind_one_address_pays(till: Till) -> None:
    """With phones of one make, cards of one bank, and a fifth of the cards declined at first."""
    verdicts = set()
    for number in range(60):
        card = {**EVERYTHING, "fingerprint": f"card {number}"}
        verdicts.add(await judged(till, **card))
        if number % 5 == 0:
            await tried(till, **card)
        await paid(till, **card)
        till.clock.advance(seconds=20)

    assert {Verdict.ALLOW} == verdicts


async def test_a_customer_whose_third_card_is_good_is_never_blocked(till: Till) -> None:
    payment = await till.owe()
    for card in ("one", "two", "three"):
        await tried(till, payment, **(EVERYTHING | {"fingerprint": card}))

    verdict = await judged(till, link=payment.link, **(EVERYTHING | {"fingerprint": "good"}))
    assert verdict in {Verdict.ALLOW, Verdict.CHALLENGE}


async def test_a_tester_who_changes_cards_links_and_device_is_stopped_at_the_address(
    till: Till,
) -> None:
    for number in range(30):
        await tried(till, origin="here", fingerprint=f"card {number}", device_key=str(number))

    assert Verdict.BLOCK is await judged(
        till, fingerprint="a new one", device_key="a new one", bin_key=None
    )


async def test_a_tester_who_changes_addresses_is_found_by_the_banks_range(till: Till) -> None:
    for number in range(40):
        await tried(till, origin=str(number), fingerprint=f"card {number}", bin_key="bank")

    assert Verdict.BLOCK is await judged(till, origin="a new one", fingerprint="a new one")


# The questions themselves


async def test_a_flood_is_not_counted_to_its_end(till: Till) -> None:
    """Every limit has fired long before; what is read at each submission stays bounded."""
    first = await tried(till, **EVERYTHING)
    async with till.database.transaction() as session:
        row = await session.one_or_none(sa.select(attempts).where(attempts.c.id == first.id))
        assert row is not None
        copies = [
            {**row, "id": f"att_{number}", "method_hash": str(number)} for number in range(1_200)
        ]
        await session.execute(sa.insert(attempts), copies)

    assert 1_000 == (await counted(till)).address.declines


async def test_every_count_finds_its_rows_by_an_index(till: Till) -> None:
    """A submission may not get slower with the years: no table is read through, where there is another way."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    engine = till.database.engine.sync_engine
    sa.event.listen(engine, "before_cursor_execute", note)
    await counted(till, agent="usr_1", customer="cus_1", amount=Money.of(1, "GBP"))
    sa.event.remove(engine, "before_cursor_execute", note)
    [(statement, parameters)] = [each for each in asked if "FROM attempts" in each[0]]
    explain = "EXPLAIN QUERY PLAN" if till.database.is_sqlite else "EXPLAIN"
    async with till.database.engine.connect() as connection:
        if not till.database.is_sqlite:
            # So small a table is read through even beside the best index; what remains then has none.
            await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = await connection.exec_driver_sql(f"{explain} {statement}", parameters)
        steps = [row[-1].strip() for row in plan]

    found = [step for step in steps if "attempts" in step]
    assert len(found) >= 7
    assert [] == [step for step in steps if "Seq Scan on" in step or step.startswith("SCAN att")]
