"""Ids carry their kind, sort by time, and do not repeat."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ids import PREFIXES, first_id, is_id, made_at, new_id
from tests.support.clock import START

moments = st.datetimes(
    # Hypothesis takes naive bounds and adds the zone.
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
prefixes = st.sampled_from(sorted(PREFIXES))


@given(prefix=prefixes, moment=moments)
def test_a_new_id_has_the_form_of_its_own_kind_and_no_other(prefix: str, moment: datetime) -> None:
    made = new_id(prefix, moment)
    assert is_id(made, prefix)
    assert not any(is_id(made, other) for other in PREFIXES - {prefix})


@given(
    prefix=prefixes,
    moment=moments,
    later=st.timedeltas(timedelta(milliseconds=1), timedelta(days=900)),
)
def test_a_later_id_sorts_after_an_earlier_one(
    prefix: str, moment: datetime, later: timedelta
) -> None:
    assert new_id(prefix, moment) < new_id(prefix, moment + later)


def test_ten_thousand_ids_of_one_millisecond_all_differ() -> None:
    assert 10_000 == len({new_id("lnk", START) for _ in range(10_000)})


@given(st.text(max_size=40))
def test_no_chance_text_passes_for_an_id(text: str) -> None:
    assert not is_id(text, "lnk")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lnk_",
        "lnk_0123456789abcdefghjkmnpqr",  # one short
        "lnk_0123456789abcdefghjkmnpqrst",  # one long
        "lnk_0123456789ABCDEFGHJKMNPQRS",  # upper case
        "lnk_0123456789abcdefghjkmnpqri",  # i, l, o and u are not in the alphabet
        "pay_0123456789abcdefghjkmnpqrs",
        "lnk_0123456789abcdefghjkmnpqrs\n",
        "lnk_٠123456789abcdefghjkmnpqrs",
    ],
)
def test_what_is_nearly_an_id_is_none(text: str) -> None:
    assert not is_id(text, "lnk")


def test_an_unknown_kind_is_a_programmers_error() -> None:
    with pytest.raises(AssertionError):
        new_id("foo", START)


@given(prefix=prefixes, moment=moments)
def test_an_id_tells_when_it_was_made(prefix: str, moment: datetime) -> None:
    assert abs(made_at(new_id(prefix, moment)) - moment) <= timedelta(milliseconds=1)


@given(moments, moments)
def test_the_first_id_of_a_moment_parts_what_was_made_before_from_what_was_made_since(
    boundary: datetime, made: datetime
) -> None:
    same = int(made.timestamp() * 1000) >= int(boundary.timestamp() * 1000)
    assert same == (new_id("lnk", made) >= first_id("lnk", boundary))
