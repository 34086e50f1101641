"""The destinations as an operator sets them. Covers app.anchors.settings."""

import pytest
from pydantic import ValidationError

from app.settings import Settings
from core.clock import utc_now


def make(**values: object) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


def test_nothing_leaves_unless_it_is_set() -> None:
    assert make().destinations(utc_now) == []


def test_a_list_with_commas_names_each() -> None:
    settings = make(
        anchor_destinations="https://audit.example.com/a, syslog+tls://loghost, file:/var/audit"
    )
    assert [each.name for each in settings.destinations(utc_now)] == [
        "https://audit.example.com/a",
        "syslog+tls://loghost:6514",
        "file:/var/audit",
    ]


@pytest.mark.parametrize(
    "wrong",
    ["http://audit.example.com", "file:/a,file:/a", "https://h/?a,https://h/?b", "nonsense"],
)
def test_what_cannot_be_used_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError):
        make(anchor_destinations=wrong)
