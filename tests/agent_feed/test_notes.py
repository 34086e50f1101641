"""Notes hold ids and one word, and whatever comes over the line, reading it breaks nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_feed.notes import AGENTS_MAX, PageNote, WatchNote, read_note, write_note
from core.wakeups.exchange import NOTE_BYTES_MAX

PAGE = PageNote(
    merchant="mer_1",
    link="lnk_1",
    page="pg_1",
    agent="usr_1",
    customer=None,
    device="mobile",
    activity="typing",
)
WATCH = WatchNote(merchant="mer_1", link="lnk_1", process="p1", agents=("usr_1", "usr_2"))


@pytest.mark.parametrize("note", [PAGE, WATCH])
def test_what_is_written_is_read_again(note: PageNote | WatchNote) -> None:
    text = write_note(note)
    assert note == read_note(text)
    assert text.isascii()
    assert "\n" not in text


def test_the_longest_note_fits_into_a_message() -> None:
    agents = tuple(f"usr_{number:026d}" for number in range(AGENTS_MAX))
    note = WatchNote(merchant="m" * 40, link="l" * 40, process="p" * 16, agents=agents)
    assert len(write_note(note)) <= NOTE_BYTES_MAX


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"merchant":"mer_1"}',
        '{"merchant":"mer_1","link":"lnk_1"}',
        '{"merchant":"mer_1","link":7,"page":"pg_1"}',
        '{"merchant":"mer_1","link":"lnk_1","process":"p1"}',
        '{"merchant":"mer_1","link":"lnk_1","process":"p1","agents":"usr_1"}',
        "[" * 100_000,
    ],
)
def test_what_is_no_note_is_passed_over(text: str) -> None:
    assert read_note(text) is None


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    read_note(text)


def test_a_word_that_a_later_version_may_use_says_nothing_here() -> None:
    fields = json.loads(write_note(PAGE))
    for word in ("dancing", None, 7, ["typing"]):
        note = read_note(json.dumps({**fields, "activity": word, "more": "new"}))
        assert isinstance(note, PageNote)
        assert note.activity is None


def test_more_agents_than_may_be_are_cut_off() -> None:
    fields = json.loads(write_note(WATCH))
    agents = [f"usr_{number}" for number in range(AGENTS_MAX + 5)]
    note = read_note(json.dumps({**fields, "agents": [None, 7, *agents]}))
    assert isinstance(note, WatchNote)
    assert AGENTS_MAX - 2 == len(note.agents)
