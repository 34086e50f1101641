"""A transit engine that runs beside each test of this folder."""

from collections.abc import Iterator

import pytest

from tests.support.transit_engine import TransitEngine, transit_engine


@pytest.fixture
def engine() -> Iterator[TransitEngine]:
    """The far end, with the token `s.token`."""
    with transit_engine() as running:
        yield running
