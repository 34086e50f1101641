"""A card number is found wherever it is written, and even when it is written no more."""

import sqlite3
from pathlib import Path

import pytest

from tests.simulation.card_data import NUMBER, complaints


def written(path: Path, *texts: str) -> list[str]:
    """What is found once each text has taken the place of the one before."""
    outside = sqlite3.connect(path, isolation_level=None)
    outside.row_factory = sqlite3.Row
    outside.execute("PRAGMA journal_mode=WAL")
    outside.execute("CREATE TABLE words (id INTEGER PRIMARY KEY, text TEXT)")
    for text in texts:
        outside.execute("INSERT OR REPLACE INTO words VALUES (1, ?)", (text,))
    found = list(complaints(outside))
    outside.close()
    return found


@pytest.mark.parametrize("number", [NUMBER, NUMBER.replace(" ", "")])
def test_a_number_is_found_in_the_log_of_the_file(tmp_path: Path, number: str) -> None:
    expected = ["a card number is in house.db-wal"]

    assert expected == written(tmp_path / "house.db", f"refused for {number}")


def test_a_number_is_found_that_was_kept_for_a_moment(tmp_path: Path) -> None:
    expected = ["a card number is in house.db-wal"]

    assert expected == written(tmp_path / "house.db", NUMBER, "another text")


def test_a_masked_number_is_none(tmp_path: Path) -> None:
    assert [] == written(tmp_path / "house.db", "refused for •••• 4242")
