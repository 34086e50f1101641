"""The table of answers that are kept ready."""

from channels.canned_replies import canned_replies


def test_a_merchants_titles_tell_its_replies_apart() -> None:
    unique = [
        sorted(column.name for column in one.columns)
        for one in canned_replies.constraints
        if type(one).__name__ == "UniqueConstraint"
    ]
    assert unique == [["merchant", "title"]]
