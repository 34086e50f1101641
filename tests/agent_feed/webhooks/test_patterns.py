"""Patterns stand for event types; what is about people and the system is never in `*`."""

import pytest

from agent_feed.webhooks.patterns import UnknownEvents, checked, types_of
from compliance.journal import EVENT_TYPES, PRIVILEGED_TYPES


def test_a_type_stands_for_itself_and_a_family_for_all_of_its_types() -> None:
    assert frozenset({"payment.paid"}) == types_of(["payment.paid"])
    assert frozenset(
        {"refund.created", "refund.decided", "refund.succeeded", "refund.failed", "link.sent"}
    ) == types_of(["refund.*", "link.sent"])


def test_the_star_is_everything_about_customers_and_their_money() -> None:
    assert EVENT_TYPES - PRIVILEGED_TYPES == types_of(["*"])


def test_privileged_types_are_had_by_name_or_family() -> None:
    assert frozenset({"session.failed"}) == types_of(["session.failed"])
    assert "settings.changed" in types_of(["*", "settings.*"])


@pytest.mark.parametrize(
    "pattern",
    ["", "nothing", "link.", "link.nothing", ".*", "li*", "link.*.*", "**", "LINK.*", "*.paid"],
)
def test_what_stands_for_nothing_is_refused_with_its_place(pattern: str) -> None:
    with pytest.raises(UnknownEvents) as refused:
        checked(["link.*", pattern], privileged=True)
    assert ["/events/1"] == [field.pointer for field in refused.value.fields]


@pytest.mark.parametrize("pattern", ["session.*", "settings.changed"])
def test_privileged_types_are_refused_to_who_may_not_read_them(pattern: str) -> None:
    with pytest.raises(UnknownEvents):
        checked([pattern], privileged=False)
    assert (pattern,) == checked([pattern], privileged=True)


def test_a_pattern_named_twice_is_kept_once() -> None:
    assert ("link.*", "*") == checked(["link.*", "*", "link.*"], privileged=False)
