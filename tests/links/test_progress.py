"""How far a link has come, folded from its events."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.journal import EVENT_TYPES, Event
from core.clock import rfc3339
from links.progress import STEPS, Progress, advance, begin, may_start_card_entry
from payments.declines import decline_of
from tests.support.clock import START


def event(kind: str, *, after: int = 0, channel: str | None = None, **data: Any) -> Event:
    return Event(
        type=kind,
        merchant="mer_1",
        occurred_at=START + timedelta(seconds=after),
        actor="system",
        channel=channel,
        data=data,
    )


def folded(*kinds: str | Event) -> Progress:
    progress = begin(START)
    for number, kind in enumerate(kinds, 1):
        progress = advance(progress, event(kind, after=number) if isinstance(kind, str) else kind)
    return progress


DECLINED = event("payment.declined", **decline_of("expired_card").as_data(), payment_status="open")
PART = event("payment.partially_paid", payment_status="partially_paid")
ENTERED = ("message.sent", "message.delivered", "link.opened", "checkout.card_entry_started")
CHECKING = ("checkout.submitted", "payment.fraud_check_started")

STORIES: list[tuple[str, tuple[str | Event, ...]]] = [
    ("created", ()),
    ("created", ("link.created", "message.queued", "link.fetched", "checkout.joined")),
    ("sent", ("message.sent",)),
    ("delivered", ("message.sent", "message.delivered")),
    ("delivered", ("message.delivered", "message.sent")),
    ("delivered", ("message.read",)),
    ("opened", ("message.sent", "link.opened", "message.delivered")),
    ("opened", ("link.opened", "link.opened")),
    ("card_entry", ENTERED),
    ("card_entry", (*ENTERED, "link.opened", "message.sent")),
    ("submitted", (*ENTERED, "checkout.submitted")),
    ("fraud_check", (*ENTERED, *CHECKING)),
    ("fraud_check", (*ENTERED, *CHECKING, "payment.fraud_check_completed", "link.opened")),
    ("challenge", (*CHECKING, "payment.challenge_started")),
    ("challenge", (*CHECKING, "payment.challenge_started", "payment.challenge_completed")),
    ("processing", (*CHECKING, "payment.processing")),
    ("paid", (*CHECKING, "payment.paid")),
    ("paid", (*CHECKING, "payment.authorised")),
    ("paid", (*CHECKING, "payment.authorised", "payment.paid")),
    ("declined", (*CHECKING, DECLINED)),
    ("card_entry", (*CHECKING, DECLINED, "checkout.card_entry_started")),
    ("paid", (*CHECKING, DECLINED, *CHECKING, "payment.paid")),
    ("paid", (*CHECKING, DECLINED, "payment.paid_late")),
    ("expired", ("link.opened", "link.expired")),
    ("paid", ("link.expired", "payment.paid_late")),
    ("cancelled", ("link.expired", "link.cancelled")),
    # Another try paid while this one went on: whatever becomes of it, nothing is owed.
    ("paid", ("payment.paid_late", event("payment.declined", payment_status="paid"))),
    ("paid", ("payment.paid_late", event("payment.challenge_started", payment_status="paid"))),
    ("paid", ("payment.paid_late", event("payment.processing", payment_status="paid"))),
    ("declined", ("payment.authorised", DECLINED)),
    # A part: money came, and it is the customer's move again.
    ("opened", (*ENTERED, *CHECKING, PART)),
    ("card_entry", (*ENTERED, *CHECKING, PART, "checkout.card_entry_started")),
    ("paid", (*CHECKING, PART, *CHECKING, "payment.paid")),
    ("expired", ("link.expired", PART)),
    ("expired", ("link.expired", event("payment.paid_late", payment_status="partially_paid"))),
    ("opened", (*CHECKING, event("payment.paid_late", payment_status="partially_paid"))),
    ("processing", (*CHECKING, event("payment.authorised", payment_status="in_progress"))),
    ("cancelled", ("link.opened", "link.superseded")),
]  # fmt: skip


@pytest.mark.parametrize(("step", "kinds"), STORIES)
def test_each_story_ends_at_its_step(step: str, kinds: tuple[str | Event, ...]) -> None:
    assert step == folded(*kinds).step


def test_a_new_link_is_where_it_was_made() -> None:
    assert Progress("created", rfc3339(START)) == begin(START)


def test_since_is_when_the_step_was_reached_and_not_when_it_was_repeated() -> None:
    progress = folded("link.opened", "checkout.joined", "link.opened")

    assert rfc3339(START + timedelta(seconds=1)) == progress.since


def test_the_channel_is_named_while_it_is_the_only_one() -> None:
    one = folded(event("message.sent", channel="sms"), event("message.delivered", channel="sms"))
    two = advance(one, event("message.sent", channel="email"))

    assert ("delivered", "sms") == (one.step, one.channel)
    assert ("delivered", None) == (two.step, two.channel)


def test_presence_and_device_follow_the_page() -> None:
    there = folded(event("checkout.joined", device="mobile"))
    gone = advance(there, event("checkout.left"))

    assert (True, "mobile", False, "mobile") == (
        there.present,
        there.device,
        gone.present,
        gone.device,
    )


def test_every_submission_counts() -> None:
    assert 2 == folded(*CHECKING, DECLINED, *CHECKING).attempts


def test_a_decline_stands_in_the_way_with_words_for_both() -> None:
    assert decline_of("expired_card").as_problem() == folded(*CHECKING, DECLINED).problem


def test_a_new_try_clears_the_problem() -> None:
    assert folded(*CHECKING, DECLINED, "checkout.submitted").problem is None


def test_a_wrong_field_is_a_problem_until_it_is_right() -> None:
    stuck = folded(
        "link.opened", event("checkout.field_invalid", field="cvc", code="incomplete_cvc")
    )
    unstuck = advance(stuck, event("checkout.field_completed", field="cvc"))

    assert stuck.problem is not None
    assert ("incomplete_cvc", True) == (
        stuck.problem["code"],
        "security code" in stuck.problem["agent_hint"],
    )
    assert unstuck.problem is None


def test_a_field_says_nothing_once_all_is_over() -> None:
    assert folded("payment.paid", event("checkout.field_invalid", field="cvc")).problem is None


def test_a_message_that_failed_is_a_problem_until_the_link_is_opened() -> None:
    failed = folded(event("message.failed", channel="sms"))
    opened = advance(failed, event("link.opened"))

    assert failed.problem is not None
    assert ("message_failed", "created", None) == (
        failed.problem["code"],
        failed.step,
        opened.problem,
    )


def test_a_message_that_was_called_back_is_no_problem() -> None:
    assert folded(event("message.failed", problem="cancelled")).problem is None


def test_a_message_that_failed_is_no_problem_for_who_opened_the_link_otherwise() -> None:
    assert folded("link.opened", "message.failed").problem is None


def test_a_call_for_help_is_for_the_agent() -> None:
    progress = folded("link.opened", "checkout.help_requested")

    assert progress.problem is not None
    assert ("opened", "help_requested") == (progress.step, progress.problem["code"])


@pytest.mark.parametrize(
    ("kinds", "news"),
    [((), True), (("link.opened",), True), (ENTERED, False), ((*CHECKING, DECLINED), False),
     (("payment.paid",), False)],
)  # fmt: skip
def test_touching_a_field_is_news_once_a_try(kinds: tuple[str | Event, ...], news: bool) -> None:
    assert news is may_start_card_entry(folded(*kinds))


def test_typing_anew_after_a_decline_is_news_and_a_late_report_of_the_first_time_is_not() -> None:
    """A slow report that arrives after the decline must not hide it from the agent."""
    declined = folded(*CHECKING, DECLINED)
    assert may_start_card_entry(declined, again=True)
    assert not may_start_card_entry(declined)


def test_what_is_stored_is_read_as_it_was() -> None:
    progress = folded(*CHECKING, DECLINED)

    assert progress == Progress.from_stored(progress.stored())


events = st.builds(
    event,
    st.sampled_from(sorted(EVENT_TYPES)),
    after=st.integers(0, 10**6),
    channel=st.none() | st.sampled_from(["sms", "email"]),
    data=st.none(),
    device=st.none() | st.sampled_from(["mobile", "desktop"]),
    field=st.none() | st.text(max_size=8),
    code=st.none() | st.text(max_size=8),
    problem=st.none() | st.text(max_size=8),
    payment_status=st.none() | st.sampled_from(["open", "paid", "authorised", "cancelled"]),
)


@given(st.lists(events, max_size=40))
def test_no_order_of_events_makes_it_fall_over_or_leave_the_steps(told: list[Event]) -> None:
    progress = folded(*told)

    assert progress.step in STEPS
    assert progress == Progress.from_stored(progress.stored())
    assert sum(each.type == "checkout.submitted" for each in told) == progress.attempts


@given(st.lists(events, max_size=30), st.integers(0, 30))
def test_folding_in_two_parts_is_folding_at_once(told: list[Event], cut: int) -> None:
    """A row that follows its events commit by commit ends where a rebuild would."""
    progress = begin(START)
    for part in (told[:cut], told[cut:]):
        for each in part:
            progress = advance(Progress.from_stored(progress.stored()), each)

    assert folded(*told) == progress


def test_a_link_for_many_shows_the_latest_of_what_any_of_them_did() -> None:
    kinds = ["link.opened", *CHECKING, "payment.paid", "link.opened", "checkout.card_entry_started"]
    steps, progress = [], begin(START)
    for number, kind in enumerate(kinds, 1):
        progress = advance(progress, event(kind, after=number), many=True)
        steps.append(progress.step)

    assert ["opened", "submitted", "fraud_check", "paid", "opened", "card_entry"] == steps


def test_touching_a_card_field_is_news_from_whoever_is_next() -> None:
    paid = folded(*CHECKING, "payment.paid")
    typing = advance(paid, event("checkout.card_entry_started"), many=True)

    assert (True, False, False) == (
        may_start_card_entry(paid, many=True),
        may_start_card_entry(typing, many=True),
        may_start_card_entry(paid),
    )
