"""Who may see what: one rule, the same in the database and for one entry."""

import itertools

import pytest

from agent_feed.access import (
    Sight,
    TopicNotAllowed,
    own_sight,
    resolve,
    sight_of_customer,
    sight_of_link,
    visible,
)
from agent_feed.topics import Topic, read_topics
from compliance.journal import NOBODY, Concern, Query, Reader
from compliance.principal import Principal
from compliance.roles import Role
from tests.agent_feed.conftest import Scene
from tests.agent_feed.entries import MERCHANT, entry
from tests.support.people import person, software

ANN = person(MERCHANT, id="usr_ann", teammates=frozenset({"usr_bob"}))
SUE = person(MERCHANT, Role.SUPERVISOR, id="usr_sue")
KEY = software(MERCHANT)


def topics(*texts: str) -> tuple[Topic, ...]:
    found = read_topics(texts)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("caller", "columns", "expected"),
    [
        (ANN, {"agent": "usr_ann"}, True),
        (ANN, {"agent": "usr_bob"}, True),
        (ANN, {"agent": "usr_cleo"}, False),
        (ANN, {"agent": None}, False),
        (ANN, {"agent": NOBODY}, True),
        (ANN, {"agent": NOBODY, "type": "incident.card_number_masked"}, False),
        (ANN, {"agent": NOBODY, "merchant": "mer_rival"}, False),
        (SUE, {"agent": NOBODY}, True),
        (ANN, {"agent": "usr_ann", "merchant": "mer_rival"}, False),
        (ANN, {"agent": "usr_ann", "type": "session.failed"}, False),
        (SUE, {"agent": "usr_cleo"}, True),
        (SUE, {"agent": None, "type": "session.failed"}, True),
        (SUE, {"agent": None, "merchant": "mer_rival"}, False),
        (KEY, {"agent": None}, True),
        (KEY, {"agent": None, "merchant": "mer_rival"}, False),
    ],
)
def test_visibility_is_told_from_the_columns_alone(
    caller: Principal, columns: dict[str, str | None], expected: bool
) -> None:
    assert expected is visible(caller, entry(1, **columns))


def test_an_agent_without_known_teammates_sees_only_their_own_work() -> None:
    alone = Principal(
        merchant=MERCHANT, kind="user", id="usr_ann", name="Ann", role=Role.AGENT, teammates=None
    )
    assert [True, False] == [
        visible(alone, entry(1, agent="usr_ann")),
        visible(alone, entry(2, agent="usr_bob")),
    ]


async def shown(scene: Scene, reader: Reader, caller: Principal, *texts: str) -> list[str | None]:
    """The links of the entries that a subscription to these topics shows, in order."""
    async with scene.database.snapshot() as session:
        sight = await resolve(session, reader, caller, topics(*texts))
        found = await reader.read(session, sight.query(limit=200))
        everything = await reader.read(session, Query(merchant=scene.merchant, limit=200))
    assert [one for one in everything if sight.covers(one)] == found
    return [one.link for one in found if one.link is not None]


async def refuses(scene: Scene, reader: Reader, caller: Principal, *texts: str) -> bool:
    try:
        await shown(scene, reader, caller, *texts)
    except TopicNotAllowed:
        return True
    return False


async def work(scene: Scene, caller: Principal) -> None:
    """Ann's, Bob's, Cleo's and nobody's work, and a rival's with the same names."""
    await scene.happen(link="lnk_ann", agent=scene.ann.id, customer="cus_1")
    await scene.happen(link="lnk_bob", agent=scene.bob.id)
    await scene.happen(link="lnk_cleo", agent=scene.cleo.id, customer="cus_1")
    await scene.happen(link="lnk_crm", actor=caller.actor, customer="cus_2")
    await scene.happen("checkout.submitted", link="lnk_cleo", actor="customer")
    for link in ("lnk_ann", "lnk_rival"):
        await scene.happen(
            link=link, merchant=scene.rival, agent=scene.ann.id, customer="cus_rival"
        )


async def test_topics_show_what_they_name(scene: Scene, reader: Reader) -> None:
    key = await scene.software()
    await work(scene, key)
    ann, sue = await scene.caller(scene.ann), await scene.caller(scene.sue)
    everything = ["lnk_ann", "lnk_bob", "lnk_cleo", "lnk_crm", "lnk_cleo"]
    expected = {
        ("mine", ann): ["lnk_ann"],
        ("team", ann): ["lnk_ann", "lnk_bob"],
        ("link:lnk_bob", ann): ["lnk_bob"],
        # Ann serves this customer, so she sees what others do for them.
        ("customer:cus_1", ann): ["lnk_ann", "lnk_cleo"],
        ("mine", sue): [],
        ("team", sue): everything,
        ("all", sue): everything,
        ("link:lnk_cleo", sue): ["lnk_cleo", "lnk_cleo"],
        ("customer:cus_2", sue): ["lnk_crm"],
        ("mine", key): ["lnk_crm"],
        ("all", key): everything,
    }
    assert expected == {
        (text, caller): await shown(scene, reader, caller, text) for text, caller in expected
    }


async def test_several_topics_show_what_any_of_them_names_once(
    scene: Scene, reader: Reader
) -> None:
    await work(scene, await scene.software())
    ann = await scene.caller(scene.ann)
    found = await shown(scene, reader, ann, "mine", "link:lnk_ann", "customer:cus_1")
    assert ["lnk_ann", "lnk_cleo"] == found


async def test_what_is_not_the_callers_is_refused_and_looks_like_what_is_not(
    scene: Scene, reader: Reader
) -> None:
    await work(scene, await scene.software())
    ann, sue = await scene.caller(scene.ann), await scene.caller(scene.sue)
    forbidden = [
        (ann, "all"),
        (ann, "link:lnk_cleo"),
        (ann, "link:lnk_crm"),
        (ann, "customer:cus_2"),
        (ann, "link:lnk_unknown"),
        (ann, "customer:cus_unknown"),
        (ann, "link:lnk_rival"),
        (ann, "customer:cus_rival"),
        (sue, "link:lnk_rival"),
        (sue, "customer:cus_rival"),
        (sue, "link:lnk_unknown"),
        (await scene.software(), "customer:cus_rival"),
    ]
    assert [] == [
        (caller.name, text)
        for caller, text in forbidden
        if not await refuses(scene, reader, caller, text)
    ]


async def test_one_forbidden_topic_spoils_them_all(scene: Scene, reader: Reader) -> None:
    assert await refuses(scene, reader, await scene.caller(scene.ann), "mine", "all")


async def test_privileged_types_are_shown_to_those_who_may(scene: Scene, reader: Reader) -> None:
    await scene.happen("settings.changed", link="lnk_ann", agent=scene.ann.id)
    ann, sue = await scene.caller(scene.ann), await scene.caller(scene.sue)
    assert [] == await shown(scene, reader, ann, "mine")
    assert ["lnk_ann"] == await shown(scene, reader, sue, "link:lnk_ann")


async def test_sights_of_one_thing_are_none_where_it_is_not_the_callers(
    scene: Scene, reader: Reader
) -> None:
    await work(scene, await scene.software())
    ann = await scene.caller(scene.ann)
    async with scene.database.snapshot() as session:
        found = [
            await sight_of_link(session, reader, ann, "lnk_bob"),
            await sight_of_link(session, reader, ann, "lnk_cleo"),
            await sight_of_customer(session, reader, ann, "cus_1"),
            await sight_of_customer(session, reader, ann, "cus_2"),
        ]
    assert [
        Sight(
            scene.merchant,
            Concern(links=frozenset({"lnk_bob"})),
            privileged=False,
            own=scene.ann.id,
        ),
        None,
        Sight(
            scene.merchant,
            Concern(customers=frozenset({"cus_1"})),
            privileged=False,
            own=scene.ann.id,
        ),
        None,
    ] == found


async def test_the_database_and_the_test_of_one_entry_say_the_same(
    scene: Scene, reader: Reader
) -> None:
    """Every combination of columns, seen by every kind of caller."""
    combinations = itertools.product(
        ("link.created", "key.revoked"),
        (None, scene.ann.id, scene.cleo.id),
        (None, "cus_1", "cus_2"),
        (None, "lnk_1", "lnk_2"),
        ("system", f"key:{scene.key.id}"),
    )
    await scene.happen_all(
        [
            {"type": kind, "agent": agent, "customer": customer, "link": link, "actor": actor}
            for kind, agent, customer, link, actor in combinations
        ]
    )
    concerns = [
        None,
        Concern(),
        Concern(agents=frozenset({scene.ann.id})),
        Concern(actors=frozenset({f"key:{scene.key.id}"})),
        Concern(customers=frozenset({"cus_1"}), links=frozenset({"lnk_2"})),
        Concern(agents=frozenset({scene.ann.id, scene.bob.id}), links=frozenset({"lnk_1"})),
    ]
    async with scene.database.snapshot() as session:
        everything = await reader.read(session, Query(merchant=scene.merchant, limit=200))
        for concern, privileged in itertools.product(concerns, (False, True)):
            sight = Sight(scene.merchant, concern, privileged)
            found = await reader.read(session, sight.query(limit=200))
            assert [one for one in everything if sight.covers(one)] == found


def test_an_own_sight_is_the_merchants_or_the_teams() -> None:
    assert own_sight(SUE).concern is None
    agents = frozenset({"usr_ann", "usr_bob", NOBODY})
    assert Concern(agents=agents) == own_sight(ANN).concern


async def test_a_thread_that_nobody_has_is_the_teams_and_shows_no_more_of_a_link(
    scene: Scene, reader: Reader
) -> None:
    await scene.happen(link="lnk_crm", actor="system")
    await scene.happen("message.sent", link="lnk_crm", agent=NOBODY, conversation="cnv_1")
    ann, cleo = await scene.caller(scene.ann), await scene.caller(scene.cleo)
    assert ["lnk_crm"] == await shown(scene, reader, ann, "team")
    assert ["lnk_crm"] == await shown(scene, reader, cleo, "team")
    assert [] == await shown(scene, reader, ann, "mine")
    assert await refuses(scene, reader, ann, "link:lnk_crm")


async def test_agents_of_one_team_share_one_sight_of_what_nobody_has(
    scene: Scene, reader: Reader
) -> None:
    ann, bob = await scene.caller(scene.ann), await scene.caller(scene.bob)
    cleo = await scene.caller(scene.cleo)
    async with scene.database.snapshot() as session:
        sights = [await resolve(session, reader, one, topics("team")) for one in (ann, bob, cleo)]
    assert sights[0] == sights[1] != sights[2]
