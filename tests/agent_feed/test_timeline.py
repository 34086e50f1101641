"""The timeline shows a customer's history to those who serve them, newest first."""

import pytest

from agent_feed.listing import Page
from agent_feed.timeline import TIMELINE_TYPES, read_timeline
from compliance.journal import NOBODY, Reader
from compliance.users import User
from core.errors import NotFound
from tests.agent_feed.conftest import Scene


async def timeline(
    scene: Scene,
    reader: Reader,
    user: User,
    *,
    before: int | None = None,
    types: frozenset[str] | None = None,
    limit: int = 50,
) -> Page:
    caller = await scene.caller(user)
    async with scene.database.snapshot() as session:
        return await read_timeline(
            session, reader, caller, customer="cus_1", before=before, types=types, limit=limit
        )


async def history(scene: Scene) -> None:
    steps = [
        "customer.created",
        "link.created",
        "message.sent",
        "checkout.joined",
        "checkout.field_completed",
        "payment.paid",
    ]
    await scene.happen_all(
        [{"type": kind, "customer": "cus_1", "agent": scene.ann.id} for kind in steps]
    )


async def test_it_is_newest_first_without_the_single_steps_of_a_page(
    scene: Scene, reader: Reader
) -> None:
    await history(scene)
    page = await timeline(scene, reader, scene.bob)
    expected = ["payment.paid", "message.sent", "link.created", "customer.created"]
    assert expected == [one.type for one in page.entries]


async def test_the_steps_are_there_for_who_asks(scene: Scene, reader: Reader) -> None:
    await history(scene)
    page = await timeline(scene, reader, scene.ann, types=frozenset({"checkout.joined"}))
    assert ["checkout.joined"] == [one.type for one in page.entries]


async def test_it_is_paged_backwards(scene: Scene, reader: Reader) -> None:
    await history(scene)
    first = await timeline(scene, reader, scene.ann, limit=3)
    second = await timeline(scene, reader, scene.ann, before=first.next_position, limit=3)
    assert ["customer.created"] == [one.type for one in second.entries]
    assert second.next_position is None


async def test_it_opens_what_was_sealed(scene: Scene, reader: Reader) -> None:
    await scene.happen(
        "message.received", customer="cus_1", agent=scene.ann.id, private={"text": "Where is it?"}
    )
    page = await timeline(scene, reader, scene.ann)
    assert {"text": "Where is it?"} == page.entries[0].data


@pytest.mark.parametrize("who", ["cleo", "rob"])
async def test_another_teams_or_merchants_customer_is_not_there(
    scene: Scene, reader: Reader, who: str
) -> None:
    await history(scene)
    with pytest.raises(NotFound):
        await timeline(scene, reader, getattr(scene, who))


async def test_a_customer_that_nobody_knows_is_not_there(scene: Scene, reader: Reader) -> None:
    with pytest.raises(NotFound):
        await timeline(scene, reader, scene.sue)


def test_every_interaction_message_link_attempt_and_refund_is_of_the_timeline() -> None:
    assert TIMELINE_TYPES >= {
        "interaction.recorded",
        "message.received",
        "link.created",
        "link.opened",
        "payment.declined",
        "payment.paid",
        "refund.succeeded",
        "note.added",
    }


async def test_who_never_served_a_customer_sees_what_they_wrote_to_nobody_in_particular(
    scene: Scene, reader: Reader
) -> None:
    await scene.happen("link.created", customer="cus_1", agent=scene.cleo.id)
    with pytest.raises(NotFound):
        await timeline(scene, reader, scene.ann)
    await scene.happen("message.received", customer="cus_1", agent=NOBODY, conversation="cnv_1")
    page = await timeline(scene, reader, scene.ann)
    assert ["message.received"] == [one.type for one in page.entries]
    assert [None] == [one.as_event()["agent"] for one in page.entries]
    with pytest.raises(NotFound):
        await timeline(scene, reader, scene.rob)
