"""Every error names itself, says whose move it is, and never repeats what came from outside."""

import re
from collections.abc import Iterator

from core.errors import InvalidField, Kind, NotFound, PaythreadError, RateLimited


def _tree(root: type[PaythreadError]) -> Iterator[type[PaythreadError]]:
    yield root
    for child in root.__subclasses__():
        yield from _tree(child)


def test_every_error_has_a_code_in_snake_case_and_a_kind() -> None:
    for error in _tree(PaythreadError):
        assert re.fullmatch("[a-z][a-z0-9_]*", error.code), error
        assert isinstance(error.kind, Kind), error


def test_an_invalid_field_points_at_the_field() -> None:
    error = InvalidField("/amount", "The amount is too small.")
    assert [("/amount", "The amount is too small.")] == [
        (f.pointer, f.detail) for f in error.fields
    ]
    assert Kind.INVALID is error.kind


def test_not_found_names_the_kind_of_thing_and_nothing_of_the_request() -> None:
    assert "There is no such link." == NotFound("link").detail


def test_a_rate_limit_always_asks_to_wait_a_second_at_least() -> None:
    assert 1 == RateLimited("Wait.", retry_after_seconds=0).retry_after_seconds
    assert 30 == RateLimited("Wait.", retry_after_seconds=30).retry_after_seconds
