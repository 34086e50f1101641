"""The monitor sees what stands between the service and its customers, and nothing else (PCI DSS 11.6.1).

Also `links.watch.checks`, `links.watch.looking`, `links.watch.expecting`, `links.watch.canary`, `links.watch.tables`.
"""

from dataclasses import replace

import pytest

from links.watch.looking import PageOutOfReach
from payments.accounts import change_account
from tests.links.watch.conftest import Watched

SCRIPT = '<script src="https://skimmer.example/a.js"></script>'


async def state(watched: Watched) -> str:
    return str((await watched.page())["check"]["state"])


async def test_a_page_as_we_send_it_is_as_expected_however_often_its_nonce_changes(
    watched: Watched,
) -> None:
    assert 0 == await watched.round()
    watched.clock.advance(minutes=2)
    assert 1 == await watched.round()
    assert "as_expected" == await state(watched)
    await watched.interval()
    assert "as_expected" == await state(watched)
    assert [] == (await watched.page())["check"]["differences"]
    assert [] == await watched.events("page.changed")


async def test_an_injected_script_is_told_within_one_interval_once_and_its_end_too(
    watched: Watched,
) -> None:
    await watched.round()
    await watched.interval()
    watched.proxy.injects(SCRIPT)
    await watched.interval()
    await watched.interval()
    [told] = await watched.events("page.changed")
    assert told.data["alarm"] is True
    assert [
        {
            "what": "added",
            "name": "script https://skimmer.example/a.js",
            "from": None,
            "to": "",
        }
    ] == told.data["changes"]
    assert "changed" == await state(watched)
    watched.proxy.rests()
    await watched.interval()
    assert [True, False] == [each.data["alarm"] for each in await watched.events("page.changed")]
    assert "as_expected" == await state(watched)


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ("<script>steal()</script>", "script inline plain"),
        ('<img src="x" onerror="steal()">', "handler img onerror"),
        ('<a href=" java&#10;script:steal()">x</a>', "handler a href"),
        ('<form action="https://skimmer.example/"></form>', "form https://skimmer.example/"),
        (
            '<iframe src="https://skimmer.example/card"></iframe>',
            "frame https://skimmer.example/card",
        ),
        ('<input name="card" autocomplete="cc-number">', "field card"),
        ("<style>#card{display:none}</style>", "style inline plain"),
        ('<base href="https://skimmer.example/">', "base"),
        ('<meta http-equiv="refresh" content="0;url=https://skimmer.example">', "meta refresh"),
    ],
)
async def test_whatever_else_could_lead_a_customer_astray_is_seen(
    watched: Watched, markup: str, name: str
) -> None:
    watched.proxy.injects(markup)
    check = await watched.house.monitor.check(watched.account)
    assert check is not None
    assert [("added", name)] == [(each.what, each.name) for each in check.found]


async def test_a_changed_header_is_told_with_what_it_was_and_is(watched: Watched) -> None:
    watched.proxy.headers = lambda headers: (
        [(name, value) for name, value in headers if name != "x-frame-options"]
        + [("access-control-allow-origin", "*")]
    )
    check = await watched.house.monitor.check(watched.account)
    assert check is not None
    assert [
        ("added", "header access-control-allow-origin", None, "*"),
        ("removed", "header x-frame-options", "DENY", None),
    ] == [(each.what, each.name, each.was, each.found) for each in check.found]


async def test_a_policy_that_lets_in_more_is_seen_although_its_nonce_always_differs(
    watched: Watched,
) -> None:
    watched.proxy.headers = lambda headers: [
        (name, value.replace("script-src", "script-src https:") if "policy" in name else value)
        for name, value in headers
    ]
    check = await watched.house.monitor.check(watched.account)
    assert check is not None
    assert ["header content-security-policy"] == [each.name for each in check.found]
    assert "'nonce-{nonce}'" in str(check.found[0].found)


async def test_a_script_of_ours_with_another_body_is_seen_at_its_own_address(
    watched: Watched,
) -> None:
    watched.proxy.files["/p/assets/pay."] = lambda body: body + b"\nsteal();\n"
    check = await watched.house.monitor.check(watched.account)
    assert check is not None
    assert {"changed"} == {each.what for each in check.found}
    assert all(each.name.startswith("body /p/assets/pay.") for each in check.found)


async def test_a_new_body_of_the_psps_script_is_told_as_information(watched: Watched) -> None:
    await watched.round()
    await watched.interval()
    watched.psp.script = "window.Stripe = () => 'a new version';"
    await watched.interval()
    [told] = await watched.events("page.changed")
    assert (False, "as_expected") == (told.data["alarm"], told.data["state"])
    assert f"body {watched.psp.url}/v3/" == told.data["changes"][0]["name"]
    assert "as_expected" == await state(watched)


async def test_a_psps_script_that_comes_from_another_origin_is_an_alarm(watched: Watched) -> None:
    watched.psp.moved_to = "https://elsewhere.example/v3/"
    check = await watched.house.monitor.check(watched.account)
    assert check is not None
    assert ["https://elsewhere.example"] == [each.found for each in check.found]


async def test_what_an_admin_has_accepted_is_no_alarm_any_more_and_anything_else_is(
    watched: Watched,
) -> None:
    watched.proxy.headers = lambda headers: [*headers, ("access-control-allow-origin", "*")]
    await watched.round()
    await watched.interval()
    seen = (await watched.page())["check"]["seen"]
    assert "changed" == await state(watched)
    admin = await watched.sign_in("admin")
    answer = await watched.client.post(
        "/v1/page-baselines", json={"account": watched.account, "seen": seen}, headers=admin
    )
    assert (201, "accepted") == (answer.status_code, answer.json()["state"])
    await watched.interval()
    assert "accepted" == await state(watched)
    watched.proxy.injects(SCRIPT)
    await watched.interval()
    assert "changed" == await state(watched)
    last = (await watched.events("page.changed"))[-1]
    assert ["script https://skimmer.example/a.js"] == [
        each["name"] for each in last.data["changes"]
    ]


async def test_while_the_page_is_out_of_reach_what_was_seen_stands_and_it_is_tried_again_soon(
    watched: Watched,
) -> None:
    await watched.round()
    await watched.interval()
    before = (await watched.page())["check"]
    watched.proxy.html = lambda text: text * 2000
    with pytest.raises(PageOutOfReach):
        await watched.house.monitor.check(watched.account)
    watched.clock.advance(hours=25)
    assert 1 == await watched.round()
    now = (await watched.page())["check"]
    assert before["checked_at"] == now["checked_at"]
    assert before["tried_at"] < now["tried_at"]
    watched.proxy.rests()
    watched.clock.advance(minutes=10)
    assert 1 == await watched.round()
    assert before["checked_at"] < (await watched.page())["check"]["checked_at"]


async def test_looking_opens_no_link_and_nobody_can_pay_there(watched: Watched) -> None:
    await watched.house.monitor.check(watched.account)
    assert [] == await watched.events("link.fetched", "link.opened", "checkout.joined")
    token = watched.house.pay_desk.tokens.canary(watched.account)
    for path in ("state", "qr.svg"):
        assert 404 == (await watched.client.get(f"/p/{token}/{path}")).status_code
    answer = await watched.client.post(
        f"/p/{token}/attempts",
        json={"page": "pg_01k9aaaaaaaaaaaaaaaaaaaaaa", "method": "pm_card", "revision": 1},
    )
    assert 404 == answer.status_code


async def test_pages_of_an_account_that_is_not_watched_yet_are_unknown(watched: Watched) -> None:
    token = watched.house.pay_desk.tokens.canary(watched.account)
    assert 404 == (await watched.client.get(f"/p/{token}")).status_code
    await watched.house.monitor.check(watched.account)
    assert 200 == (await watched.client.get(f"/p/{token}")).status_code


async def test_while_an_upgrade_is_under_way_the_version_of_before_is_still_as_expected(
    watched: Watched,
) -> None:
    """The monitor's own process is newer than the one that answers: it would send other headers."""
    await watched.house.monitor.check(watched.account)
    newer = replace(
        watched.house.monitor,
        front_headers={**watched.house.monitor.front_headers, "cross-origin-embedder-policy": "x"},
    )
    check = await newer.check(watched.account)
    assert check is not None
    assert "as_expected" == check.state
    watched.proxy.injects(SCRIPT)
    check = await newer.check(watched.account)
    assert check is not None
    assert "changed" == check.state


async def test_the_page_of_an_account_that_was_switched_off_is_looked_at_no_more(
    watched: Watched,
) -> None:
    await watched.round()
    await watched.interval()
    async with watched.house.database.transaction() as session:
        await change_account(
            session, watched.merchant, watched.account, active=False, now=watched.clock()
        )
    watched.clock.advance(hours=25)
    await watched.round()
    watched.clock.advance(hours=25)
    assert 0 == await watched.round()
