"""Facts of a stretch of time are found among others, wherever it lies in the journal (compliance.journal.facts)."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from compliance.journal.facts import facts_between, facts_of_links
from tests.agent_feed.conftest import Scene

# After all that the scene itself has told: a journal does not go back in time.
START = datetime(2027, 3, 1, tzinfo=UTC)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    minutes=st.lists(st.integers(0, 600), max_size=30),
    bounds=st.tuples(st.integers(-10, 610), st.integers(0, 300)),
)
@example(minutes=[405, 325, 529], bounds=(397, 94))
async def test_exactly_those_of_the_stretch_are_found(
    scene: Scene, minutes: list[int], bounds: tuple[int, int]
) -> None:
    # Each example goes on in the same journal, a day later than the last; facts lie up to half an hour apart from
    # the order of their commits.
    base = START + timedelta(days=(await _head(scene)))
    times = [base + timedelta(minutes=at + (at % 7) * 4) for at in sorted(minutes)]
    for number, at in enumerate(times):
        scene.clock.set(at)
        await scene.happen("link.opened" if number % 2 else "link.created", link=f"lnk_{number}")
    since = base + timedelta(minutes=bounds[0])
    until = since + timedelta(minutes=bounds[1])
    async with scene.database.snapshot() as session:
        found = await facts_between(session, scene.merchant, ["link.opened"], since, until)
    expected = [at for number, at in enumerate(times) if number % 2 and since <= at < until]
    assert sorted(fact.occurred_at for fact in found) == sorted(expected)


async def test_the_facts_of_links_come_whenever_they_were(scene: Scene) -> None:
    for link in ("lnk_a", "lnk_b", "lnk_c"):
        await scene.happen("link.created", link=link)
        await scene.happen("link.sent", link=link)
        await scene.happen("link.opened", link=link)
    async with scene.database.snapshot() as session:
        found = await facts_of_links(
            session, scene.merchant, ["lnk_a", "lnk_c"], ["link.sent", "link.opened"]
        )
        nobody = await facts_of_links(session, scene.rival, ["lnk_a"], ["link.sent"])
    assert [(fact.link, fact.type) for fact in found] == [
        ("lnk_a", "link.sent"),
        ("lnk_a", "link.opened"),
        ("lnk_c", "link.sent"),
        ("lnk_c", "link.opened"),
    ]
    assert nobody == []


async def _head(scene: Scene) -> int:
    """How far the journal has come: every example adds to it."""
    async with scene.database.snapshot() as session:
        found = await facts_between(
            session, scene.merchant, ["link.created"], START, START + timedelta(days=3000)
        )
    return len(found) + 1
