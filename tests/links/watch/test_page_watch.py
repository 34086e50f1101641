"""The doors of the watch: reports in, inventory and reports out, and who may accept a change.

Also `links.pages.csp_reports`, `links.watch.reports` and `links.watch.inventory`.
"""

import json
from typing import Any

import pytest

from compliance.journal import PRIVILEGED_TYPES
from links.watch.blocked import Blocked
from links.watch.observing import sha384
from links.watch.reports import KINDS_MAX, take
from tests.links.watch.conftest import Watched
from tests.links.watch.test_blocked import newer, older

PATH = "/p/reports/csp"
OLDER = {"Content-Type": "application/csp-report"}
NEWER = {"Content-Type": "application/reports+json"}


async def post(watched: Watched, value: Any, kind: dict[str, str] = OLDER) -> int:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return (await watched.client.post(PATH, content=body, headers=kind)).status_code


async def listed(watched: Watched) -> list[dict[str, Any]]:
    answer = await watched.client.get("/v1/page-reports", headers=watched.headers)
    assert 200 == answer.status_code
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


async def test_reports_of_both_kinds_are_counted_by_directive_and_origin_and_told_once_a_day(
    watched: Watched,
) -> None:
    url = await watched.link()
    for _ in range(3):
        assert 204 == await post(watched, older(**{"document-uri": url}))
    assert 204 == await post(watched, [newer(documentURL=url)] * 2, NEWER)
    [report] = await listed(watched)
    assert ("script-src-elem", "https://skimmer.example:8443", 5) == (
        report["directive"],
        report["blocked"],
        report["count"],
    )
    assert "/p/{token}" == report["page"]
    assert 1 == len(await watched.events("page.script_blocked"))
    watched.clock.advance(hours=25)
    await post(watched, older(**{"document-uri": url}))
    assert [1, 6] == [each.data["count"] for each in await watched.events("page.script_blocked")]
    assert url.rpartition("/")[2] not in json.dumps(await listed(watched))


async def test_reports_of_pages_that_are_not_ours_are_let_go_quietly(watched: Watched) -> None:
    assert 204 == await post(watched, older())
    assert [] == await listed(watched)
    assert [] == await watched.events("page.script_blocked")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", OLDER, 400),
        (b"[" * 60_000, NEWER, 400),
        (b"\xff", OLDER, 400),
        (b" " * (64 * 1024 + 1), NEWER, 413),
        (b"{}", {"Content-Type": "text/html"}, 415),
        (b"null", OLDER, 204),
        (b"[1]", NEWER, 204),
        (b"", OLDER, 400),
    ],
    ids=["half", "deep", "bytes", "large", "html", "null", "numbers", "nothing"],
)
async def test_bad_bodies_are_refused_clearly(
    watched: Watched, body: bytes, kind: dict[str, str], status: int
) -> None:
    assert status == await post(watched, body, kind)


async def test_one_address_may_report_so_often_and_no_oftener(watched: Watched) -> None:
    statuses = [await post(watched, b"null") for _ in range(61)]
    assert ([204] * 60, 429) == (statuses[:60], statuses[60])


async def test_invented_reports_fill_no_more_than_their_bound(watched: Watched) -> None:
    url = await watched.link()
    token = url.rpartition("/")[2]
    async with watched.house.database.transaction() as session:
        kinds = [
            Blocked(token, "img-src", f"https://{number}.example", "x", None, True)
            for number in range(KINDS_MAX + 5)
        ]
        await take(session, kinds, {token: watched.merchant}, now=watched.clock())
    first = await watched.client.get("/v1/page-reports?limit=200", headers=watched.headers)
    seen, answer = list(first.json()["data"]), first.json()
    while answer["next_cursor"]:
        path = f"/v1/page-reports?limit=200&cursor={answer['next_cursor']}"
        answer = (await watched.client.get(path, headers=watched.headers)).json()
        seen += answer["data"]
    assert KINDS_MAX == len({each["id"] for each in seen})
    bad = await watched.client.get("/v1/page-reports?cursor=zzz", headers=watched.headers)
    assert 422 == bad.status_code


async def test_the_inventory_says_of_each_script_why_by_whom_and_what_it_is(
    watched: Watched,
) -> None:
    page = await watched.page()
    scripts = {
        each["url"].rpartition("/")[2].split(".")[0] or "psp": each for each in page["scripts"]
    }
    assert {"pay", "psp_stripe", "psp"} <= set(scripts)
    for script in page["scripts"]:
        assert len(script["reason"]) > 20
        assert script["authorised"]
        assert script["kind"] == "psp" or script["integrity"].startswith("sha384-")
    assert scripts["psp"]["url"] == f"{watched.psp.url}/v3/"
    assert "checkout.js" in {each["name"] for each in scripts["pay"]["holds"]}
    served = await watched.client.get(scripts["pay"]["url"])
    assert sha384(served.content) == scripts["pay"]["integrity"]
    assert page["check"] is None


@pytest.mark.parametrize(
    ("role", "reads", "accepts"),
    [("agent", 403, 403), ("supervisor", 200, 403), ("auditor", 200, 403), ("admin", 200, 409)],
)
async def test_those_who_answer_for_it_read_and_an_admin_alone_accepts(
    watched: Watched, role: str, reads: int, accepts: int
) -> None:
    await watched.house.monitor.check(watched.account)
    headers = await watched.sign_in(role)
    for path in ("/v1/page-scripts", "/v1/page-reports"):
        assert reads == (await watched.client.get(path, headers=headers)).status_code
    body = {"account": watched.account, "seen": "0" * 64}
    answer = await watched.client.post("/v1/page-baselines", json=body, headers=headers)
    assert accepts == answer.status_code


async def test_software_reads_but_accepts_nothing(watched: Watched) -> None:
    await watched.house.monitor.check(watched.account)
    body = {"account": watched.account, "seen": "0" * 64}
    answer = await watched.client.post("/v1/page-baselines", json=body, headers=watched.headers)
    assert 403 == answer.status_code


async def test_a_page_of_another_merchant_or_of_nobody_cannot_be_accepted(watched: Watched) -> None:
    admin = await watched.sign_in("admin")
    body = {"account": "gwa_01k9aaaaaaaaaaaaaaaaaaaaaa", "seen": "0" * 64}
    answer = await watched.client.post("/v1/page-baselines", json=body, headers=admin)
    assert 404 == answer.status_code


def test_agents_are_not_told() -> None:
    assert {"page.changed", "page.script_blocked", "page.baseline_accepted"} <= PRIVILEGED_TYPES
