"""One town for all tests of the doors that change nothing in it."""

from collections.abc import AsyncIterator

import pytest

from tests.app.doors.town import Town, a_town


@pytest.fixture(scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory, password_hash: str) -> AsyncIterator[Town]:
    async with a_town(tmp_path_factory.mktemp("town"), password_hash) as made:
        yield made
