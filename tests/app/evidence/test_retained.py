"""The table of what ends when names every table of the database. Covers app.evidence.retained."""

from app.evidence.retained import ENDS, OTHERWISE, SWEPT
from app.tables import metadata
from channels.retained import VISITORS
from compliance.sessions_ended import ENDED_SESSIONS
from links.retained import MESSAGE_BODIES, PAGE_REPORTS


def test_every_table_says_when_its_rows_end_or_why_they_are_kept() -> None:
    """A new table must be given a rule, or a reason to be kept."""
    assert set(metadata.tables) == set(ENDS)
    assert not set(SWEPT) & set(OTHERWISE)
    assert all(ENDS.values())


def test_what_a_rule_sweeps_is_named_as_swept() -> None:
    for kind in (ENDED_SESSIONS, VISITORS, PAGE_REPORTS, MESSAGE_BODIES):
        for table in kind.tables:
            assert f"retention.{kind.field}" in SWEPT[table]
