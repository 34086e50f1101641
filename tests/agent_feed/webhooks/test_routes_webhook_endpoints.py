"""`/v1/webhook-endpoints`: for admins and software to set up, for auditors to see, for nobody else.

With them `agent_feed.routes.webhook_house`: who acted, from where.
"""

from typing import Any

import pytest

from compliance.roles import ROLE_PERMISSIONS, Permission, Role
from tests.agent_feed.webhooks.api import PATH, URL, Api, key_of
from tests.conftest import NewMerchant


async def test_the_secret_is_shown_when_it_is_made_and_never_again(api: Api) -> None:
    made = await api.create()
    assert made["id"].startswith("whe_")
    assert made["secret"].startswith("whsec_")
    assert (URL, ["link.*"], "enabled", None, None) == tuple(
        made[name] for name in ("url", "events", "status", "disabled_reason", "replay")
    )
    shown = (await api.call("GET", f"/{made['id']}")).json()
    assert shown == {name: value for name, value in made.items() if name != "secret"}
    listed = (await api.call("GET")).json()
    assert ([shown], None) == (listed["data"], listed["next_cursor"])
    assert listed["as_of"] >= 1
    rotated = (await api.call("POST", f"/{made['id']}/rotate-secret")).json()
    assert rotated["secret"].startswith("whsec_")
    assert made["secret"] != rotated["secret"]


async def test_the_same_key_makes_one_endpoint(api: Api) -> None:
    body = {"url": URL, "events": ["*"]}
    key = {"Idempotency-Key": '"once"'}
    first = await api.call("POST", json=body, headers=key)
    again = await api.call("POST", json=body, headers=key)
    assert (201, first.content) == (again.status_code, again.content)
    assert "true" == again.headers["Idempotent-Replayed"]
    assert 1 == len((await api.call("GET")).json()["data"])


async def test_endpoints_come_in_pages(api: Api) -> None:
    made = [(await api.create())["id"] for _ in range(3)]
    first = (await api.call("GET", params={"limit": 2})).json()
    rest = (await api.call("GET", params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert sorted(made) == [each["id"] for each in [*first["data"], *rest["data"]]]
    assert rest["next_cursor"] is None
    assert 422 == (await api.call("GET", params={"cursor": "x"})).status_code


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"url": URL},
        {"url": URL, "events": []},
        {"url": URL, "events": "*"},
        {"url": URL, "events": ["nothing"]},
        {"url": URL, "events": ["*"] * 51},
        {"url": "http://hooks.example.com/", "events": ["*"]},
        {"url": "https://169.254.169.254/", "events": ["*"]},
        {"url": "http://[::ffff:169.254.169.254]", "events": ["*"]},
        {"url": URL, "events": ["*"], "secret": "whsec_mine"},
        {"url": 7, "events": ["*"]},
    ],
)
async def test_what_cannot_be_is_refused(api: Api, body: Any) -> None:
    assert 422 == (await api.call("POST", json=body)).status_code
    assert [] == (await api.call("GET")).json()["data"]


async def test_an_endpoint_is_changed_switched_off_and_on_and_deleted(api: Api) -> None:
    path = f"/{(await api.create())['id']}"
    changed = (await api.call("PATCH", path, json={"events": ["*"], "status": "disabled"})).json()
    assert (["*"], "disabled", "by_hand") == (
        changed["events"],
        changed["status"],
        changed["disabled_reason"],
    )
    assert 409 == (await api.call("POST", f"{path}/replay", json={"after": 0})).status_code
    on = (await api.call("PATCH", path, json={"status": "enabled"})).json()
    assert ("enabled", None, None) == (on["status"], on["disabled_reason"], on["disabled_at"])
    replay = await api.call("POST", f"{path}/replay", json={"after": 0})
    assert (202, 0) == (replay.status_code, replay.json()["replay"]["after"])
    for wrong in ({"status": "deleted"}, {"status": "gone"}, {"secret": "x"}, {"url": "x"}):
        assert 422 == (await api.call("PATCH", path, json=wrong)).status_code
    assert 422 == (await api.call("POST", f"{path}/replay", json={"after": -1})).status_code
    assert 204 == (await api.call("DELETE", path)).status_code
    assert [404, 404, 404] == [
        (await api.call("GET", path)).status_code,
        (await api.call("DELETE", path)).status_code,
        (await api.call("GET", f"{path}/deliveries")).status_code,
    ]


async def test_another_merchants_endpoint_looks_like_none(
    api: Api, new_merchant: NewMerchant
) -> None:
    path = f"/{(await api.create())['id']}"
    rival = await new_merchant("Rival Tours")
    stranger = {"headers": await key_of(api.stand, rival.id)}
    answers = [
        await api.call("GET", path, **stranger),
        await api.call("PATCH", path, json={"status": "disabled"}, **stranger),
        await api.call("DELETE", path, **stranger),
        await api.call("POST", f"{path}/rotate-secret", **stranger),
        await api.call("POST", f"{path}/replay", json={"after": 0}, **stranger),
        await api.call("GET", f"{path}/deliveries", **stranger),
        await api.call("GET", f"{path}/deliveries/whd_1", **stranger),
        await api.call("POST", f"{path}/deliveries/whd_1/replay", **stranger),
    ]
    assert {404} == {answer.status_code for answer in answers}
    assert [] == (await api.call("GET", **stranger)).json()["data"]


async def test_without_credentials_nothing_is_shown_or_done(api: Api) -> None:
    path = f"{PATH}/{(await api.create())['id']}"
    answers = [
        await api.client.get(PATH),
        await api.client.post(PATH, json={"url": URL, "events": ["*"]}),
        await api.client.delete(path),
        await api.client.get(f"{path}/deliveries"),
    ]
    assert {401} == {answer.status_code for answer in answers}


def test_agents_and_supervisors_have_no_part_in_it_and_auditors_only_look() -> None:
    def may(permission: Permission) -> set[Role]:
        return {role for role in Role if permission in ROLE_PERMISSIONS[role]}

    assert {Role.ADMIN, Role.INTEGRATION} == may(Permission.WEBHOOKS_WRITE)
    assert {Role.ADMIN, Role.INTEGRATION, Role.AUDITOR} == may(Permission.WEBHOOKS_READ)
