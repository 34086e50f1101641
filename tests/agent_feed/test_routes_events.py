"""The journal over HTTP, as each caller may see it."""

from typing import Any

from fastapi import FastAPI

from compliance.users import User
from tests.agent_feed.conftest import Scene, cookie
from tests.support.doors import calling


async def get(
    app: FastAPI, scene: Scene, path: str, user: User | None = None, **parameters: Any
) -> tuple[int, Any]:
    """Asks as the user, or as the API key."""
    headers = (
        {"Authorization": f"Bearer {scene.key.secret}"}
        if user is None
        else cookie(await scene.sign_in(user))
    )
    async with calling(app, headers=headers) as client:
        answer = await client.get(path, params=parameters)
    return answer.status_code, answer.json()


def links(answer: Any) -> list[str | None]:
    return [event["link"] for event in answer["data"]]


async def work(scene: Scene) -> None:
    await scene.happen(link="lnk_ann", agent=scene.ann.id, customer="cus_1")
    await scene.happen("payment.paid", link="lnk_ann", customer="cus_1")
    await scene.happen("link.opened", link="lnk_cleo", agent=scene.cleo.id, customer="cus_1")
    await scene.happen("link.opened", link="lnk_rob", agent=scene.rob.id, merchant=scene.rival)


async def test_the_journal_is_asked_for_after_a_position(app: FastAPI, scene: Scene) -> None:
    await work(scene)
    status, everything = await get(app, scene, "/v1/events", limit=200)
    assert 200 == status
    positions = [event["position"] for event in everything["data"]]
    assert list(range(1, everything["as_of"] + 1)) == positions
    assert everything["next_cursor"] is None
    for name in ("after", "cursor"):
        _, rest = await get(app, scene, "/v1/events", **{name: everything["as_of"] - 1})
        assert [everything["data"][-1]] == rest["data"]


async def test_following_the_cursor_finds_every_entry_once(app: FastAPI, scene: Scene) -> None:
    await scene.happen_all(
        [{"link": f"lnk_{n}", "agent": (scene.cleo if n % 5 else scene.ann).id} for n in range(31)]
    )
    found: list[str | None] = []
    cursor: str | None = "0"
    while cursor is not None:
        _, page = await get(app, scene, "/v1/events", scene.ann, after=cursor, limit=3)
        found += links(page)
        cursor = page["next_cursor"]
    assert [f"lnk_{n}" for n in range(0, 31, 5)] == found


async def test_each_sees_what_is_theirs(app: FastAPI, scene: Scene) -> None:
    await work(scene)
    expected = {
        "ann": ["lnk_ann"],
        "bob": ["lnk_ann"],
        "cleo": ["lnk_cleo"],
        "sue": ["lnk_ann", "lnk_ann", "lnk_cleo"],
        "rob": ["lnk_rob"],
    }
    assert expected == {
        name: links(
            (await get(app, scene, "/v1/events", getattr(scene, name), types="link.*,payment.*"))[1]
        )
        for name in expected
    }


async def test_types_families_links_and_customers_narrow_it(app: FastAPI, scene: Scene) -> None:
    await work(scene)
    asked: list[dict[str, Any]] = [
        {"types": "payment.*"},
        {"types": "link.opened,payment.paid"},
        {"link": "lnk_ann"},
        {"customer": "cus_1", "types": "link.*"},
        {"customer": "cus_1", "link": "lnk_cleo"},
        {"link": "lnk_unknown"},
    ]
    assert [
        ["lnk_ann"],
        ["lnk_ann", "lnk_cleo"],
        ["lnk_ann", "lnk_ann"],
        ["lnk_ann", "lnk_cleo"],
        ["lnk_cleo"],
        [],
    ] == [links((await get(app, scene, "/v1/events", **one))[1]) for one in asked]


async def test_an_agent_sees_all_of_a_customer_they_serve_and_nothing_of_another(
    app: FastAPI, scene: Scene
) -> None:
    await work(scene)
    _, served = await get(app, scene, "/v1/events", scene.ann, customer="cus_1")
    assert ["lnk_ann", "lnk_ann", "lnk_cleo"] == links(served)
    _, foreign = await get(app, scene, "/v1/events", scene.rob, customer="cus_1")
    assert [] == links(foreign)


async def test_privileged_events_are_not_for_agents(app: FastAPI, scene: Scene) -> None:
    await scene.happen("settings.changed", agent=scene.ann.id)
    _, agents = await get(app, scene, "/v1/events", scene.ann, types="settings.*")
    _, supervisors = await get(app, scene, "/v1/events", scene.sue, types="settings.*")
    assert [0, 1] == [len(agents["data"]), len(supervisors["data"])]


async def test_bad_parameters_are_422(app: FastAPI, scene: Scene) -> None:
    bad: list[dict[str, Any]] = [
        {"types": "nosuch.type"},
        {"types": ""},
        {"limit": 0},
        {"limit": 201},
        {"limit": "1e9"},
        {"after": -1},
        {"after": "x"},
        {"after": 2**63},
        {"cursor": "forged"},
        {"after": 1, "cursor": 1},
        {"link": "x" * 41},
    ]
    assert [422] * len(bad) == [
        (await get(app, scene, "/v1/events", **parameters))[0] for parameters in bad
    ]


async def test_the_events_of_a_link_are_oldest_first_and_paged(app: FastAPI, scene: Scene) -> None:
    await work(scene)
    path = "/v1/links/lnk_ann/events"
    _, first = await get(app, scene, path, scene.bob, limit=1)
    _, second = await get(app, scene, path, scene.bob, limit=1, cursor=first["next_cursor"])
    assert ["link.created", "payment.paid"] == [page["data"][0]["type"] for page in (first, second)]
    assert second["next_cursor"] is None


async def test_a_customers_timeline_is_newest_first_and_paged(app: FastAPI, scene: Scene) -> None:
    await work(scene)
    path = "/v1/customers/cus_1/timeline"
    _, first = await get(app, scene, path, scene.ann, limit=2)
    _, second = await get(app, scene, path, scene.ann, limit=2, cursor=first["next_cursor"])
    assert ["link.opened", "payment.paid", "link.created"] == [
        event["type"] for page in (first, second) for event in page["data"]
    ]
    assert (None, first["as_of"]) == (second["next_cursor"], second["as_of"])


async def test_what_is_not_theirs_is_404(app: FastAPI, scene: Scene) -> None:
    await work(scene)
    for user, path in (
        (scene.cleo, "/v1/links/lnk_ann/events"),
        (scene.rob, "/v1/links/lnk_ann/events"),
        (scene.sue, "/v1/links/lnk_rob/events"),
        (scene.sue, "/v1/links/lnk_unknown/events"),
        (scene.rob, "/v1/customers/cus_1/timeline"),
        (scene.sue, "/v1/customers/cus_unknown/timeline"),
    ):
        status, problem = await get(app, scene, path, user)
        assert (user.name, path, 404, "not_found") == (user.name, path, status, problem["code"])


async def test_nobody_reads_without_credentials(app: FastAPI) -> None:
    paths = ["/v1/events", "/v1/links/lnk_1/events", "/v1/customers/cus_1/timeline"]
    async with calling(app) as client:
        assert [401] * 3 == [(await client.get(path)).status_code for path in paths]
