"""A 405 says all that the path knows. Covers app.http.allowed_methods."""

import httpx2
import pytest

from app.application import ROUTERS
from app.http.allowed_methods import AllowedMethods
from tests.app.conftest import Running


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/v1/links", "GET, POST"),
        ("/v1/links/lnk_1", "GET, PATCH"),
        ("/v1/brand/logo", "DELETE, GET, PUT"),
        ("/v1/customers/lookup", "GET"),
        ("/nowhere/at/all", ""),
    ],
)
def test_every_method_of_a_path_is_listed(path: str, methods: str) -> None:
    assert methods == AllowedMethods(ROUTERS).at(path)


async def test_a_method_that_is_not_there_is_told_which_are(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    answer = await client.put("/v1/links", json={}, headers=running_service.headers)
    assert (405, "method_not_allowed") == (answer.status_code, answer.json()["code"])
    assert "GET, POST" == answer.headers["allow"]
