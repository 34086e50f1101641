"""`GET /v1/transactions`: paged as JSON, whole as CSV that no spreadsheet runs."""

import csv
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx2
import pytest

from compliance.routes.gate import Gate
from core.money import Money
from payments.gateway import Succeeded
from payments.routes.transactions import router
from payments.transactions import COLUMNS
from tests.payments.conftest import Till
from tests.payments.routes.test_money_after import key_of
from tests.support.doors import calling, service


@dataclass
class Api:
    client: httpx2.AsyncClient
    till: Till
    headers: dict[str, str]

    async def get(self, *, csv: bool = False, **params: str) -> httpx2.Response:
        accept = {"Accept": "text/csv"} if csv else {}
        return await self.client.get(
            "/v1/transactions", headers=self.headers | accept, params=params
        )


@pytest.fixture
async def api(gate: Gate, till: Till) -> AsyncIterator[Api]:
    async with calling(service(gate, router)) as client:
        yield Api(client, till, await key_of(till, till.merchant.id))


async def test_pages_follow_each_other_to_the_end(api: Api) -> None:
    for minor in (100, 200, 300):
        await api.till.charged(await api.till.owe(minor))
        api.till.clock.advance(seconds=1)
    first = (await api.get(limit="2")).json()
    rest = (await api.get(limit="2", cursor=first["next_cursor"])).json()

    assert [300, 200, 100] == [row["amount"] for row in first["data"] + rest["data"]]
    assert rest["next_cursor"] is None
    assert 0 < first["as_of"]
    assert set(COLUMNS) == set(first["data"][0])


async def test_csv_has_every_row_and_runs_in_no_spreadsheet(api: Api) -> None:
    attempt = await api.till.begin(await api.till.owe())
    await api.till.charged(await api.till.owe(200))
    await api.till.tell(attempt, Succeeded("=cmd|' /C calc'!A0", Money.of(4999, "GBP")))
    answer = await api.get(csv=True, limit="1")
    rows = list(csv.DictReader(io.StringIO(answer.text)))

    assert answer.headers["content-type"].startswith("text/csv")
    assert {"200", "4999"} == {row["amount"] for row in rows}
    assert {"'=cmd|' /C calc'!A0"} == {
        row["psp_reference"] for row in rows if row["amount"] == "4999"
    }


@pytest.mark.parametrize(
    "params",
    [{"limit": "0"}, {"limit": "201"}, {"cursor": "x"}, {"kind": "gift"}, {"currency": "gbp"}],
)
async def test_a_bad_filter_is_refused(api: Api, params: dict[str, str]) -> None:
    assert 422 == (await api.get(**params)).status_code


async def test_software_without_a_key_sees_nothing(api: Api) -> None:
    assert 401 == (await api.client.get("/v1/transactions")).status_code
