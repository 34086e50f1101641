"""An entry is written once, however many receive it."""

import json

import pytest

from agent_feed.access import Sight
from agent_feed.batches import Batch, Parcel, Published, presence_of
from agent_feed.wire import text_frame
from compliance.journal import Concern
from tests.agent_feed.entries import MERCHANT, batch, entry


def test_the_event_frame_holds_the_event_of_the_contract() -> None:
    one = entry(7, link="lnk_1", data={"note": "Zoë’s trip"})
    assert {"op": "event", "event": one.as_event()} == json.loads(Published(one).frame)


def test_the_frame_is_written_once_and_shared() -> None:
    published = Published(entry(7))
    assert published.frame is published.frame


def test_a_batch_that_runs_backwards_is_a_mistake() -> None:
    with pytest.raises(AssertionError):
        Batch(epoch="e", after=2, upto=1)


ANN = Sight(MERCHANT, Concern(agents=frozenset({"usr_ann"})), privileged=False)
ALL = Sight(MERCHANT, None, privileged=False)
MIXED = batch(
    [entry(1, agent="usr_ann"), entry(2, agent="usr_bob"), entry(3, agent="usr_ann")],
    after=0,
    upto=3,
)


def shown(parcel: Parcel) -> list[int]:
    return [one.position for one in parcel.entries]


def test_a_parcel_holds_what_a_sight_shows_of_a_batch() -> None:
    assert ([1, 3], [1, 2, 3]) == (shown(MIXED.parcel(ANN)), shown(MIXED.parcel(ALL)))


def test_a_parcel_is_packed_once_for_all_with_the_same_sight() -> None:
    assert MIXED.parcel(ALL) is MIXED.parcel(ALL)
    assert MIXED.parcel(ALL).wire is MIXED.parcel(ALL).wire


def test_a_parcel_goes_out_as_its_frames_one_after_the_other() -> None:
    frames = b"".join(text_frame(one.frame) for one in MIXED.entries)
    assert frames == MIXED.parcel(ALL).wire
    assert sum(len(one.frame) for one in MIXED.entries) == MIXED.parcel(ALL).characters


def test_a_parcel_can_leave_out_what_was_sent_before() -> None:
    assert [[1, 2, 3], [2, 3], []] == [shown(MIXED.parcel(ALL).after(at)) for at in (0, 1, 3)]


@pytest.mark.parametrize(
    ("kind", "link", "present"),
    [
        ("checkout.joined", "lnk_1", True),
        ("checkout.left", "lnk_1", False),
        ("checkout.left", None, None),
        ("link.opened", "lnk_1", None),
    ],
)
def test_an_entry_tells_of_a_page_that_came_or_went(
    kind: str, link: str | None, present: bool | None
) -> None:
    found = presence_of(entry(1, type=kind, link=link, data={"device": "mobile"}))
    assert present == (None if found is None else found.present)


@pytest.mark.parametrize(
    ("data", "present"),
    [
        ({"sharing": "coarse", "present": False}, False),
        ({"sharing": "coarse", "present": True}, True),
        ({"sharing": "full"}, None),
    ],
)
def test_whoever_shares_less_is_not_known_to_be_there_any_more(
    data: dict[str, object], present: bool | None
) -> None:
    found = presence_of(entry(1, type="checkout.sharing_changed", link="lnk_1", data=data))
    assert present == (found.present if found is not None else None)
