"""What customers do is shown while it is fresh, told when it changes, and gone when nobody says it again."""

from dataclasses import replace
from datetime import timedelta

from agent_feed.activities import PAGES_A_LINK_MAX, Activities
from agent_feed.batches import Activity, Presence
from agent_feed.notes import LASTS, PageNote
from tests.support.clock import START

SECOND = timedelta(seconds=1)


def note(activity: Activity | None, *, page: str = "pg_1", link: str = "lnk_1") -> PageNote:
    return PageNote(
        merchant="mer_1",
        link=link,
        page=page,
        agent="usr_1",
        customer="cus_1",
        device="mobile",
        activity=activity,
    )


def shown(presence: Presence | None) -> Activity | None:
    assert presence is not None
    return presence.activity


def test_what_changes_is_told_with_whose_it_is() -> None:
    assert Presence(
        merchant="mer_1",
        link="lnk_1",
        agent="usr_1",
        customer="cus_1",
        present=True,
        device="mobile",
        activity="typing",
    ) == Activities().hear(note("typing"), now=START)


def test_the_same_again_is_no_news() -> None:
    activities = Activities()
    activities.hear(note("typing"), now=START)
    assert activities.hear(note("typing"), now=START + SECOND) is None
    assert "idle" == shown(activities.hear(note("idle"), now=START + 2 * SECOND))


def test_of_two_pages_the_livelier_is_shown() -> None:
    activities = Activities()
    activities.hear(note("idle", page="pg_1"), now=START)
    assert "typing" == shown(activities.hear(note("typing", page="pg_2"), now=START))
    assert activities.hear(note("active", page="pg_1"), now=START) is None
    assert "active" == shown(activities.hear(note("idle", page="pg_2"), now=START))


def test_what_nobody_says_again_counts_for_nothing_after_30_seconds() -> None:
    activities = Activities()
    activities.hear(note("typing"), now=START)
    assert [] == list(activities.expire(now=START + LASTS - SECOND))
    [gone] = activities.expire(now=START + LASTS)
    assert (True, None) == (gone.present, gone.activity)
    assert (None, []) == (activities.of("mer_1", "lnk_1"), list(activities.known("mer_1")))
    assert [] == list(activities.expire(now=START + 2 * LASTS))


def test_what_is_said_again_stays() -> None:
    activities = Activities()
    for beats in range(7):
        now = START + beats * 10 * SECOND
        activities.hear(note("idle"), now=now)
        assert [] == list(activities.expire(now=now))
    assert "idle" == activities.of("mer_1", "lnk_1")


def test_a_page_that_goes_takes_its_word_with_it() -> None:
    activities = Activities()
    activities.hear(note("typing", page="pg_1"), now=START)
    activities.hear(note("idle", page="pg_2"), now=START)
    assert "idle" == shown(activities.hear(note(None, page="pg_1"), now=START))
    assert shown(activities.hear(note(None, page="pg_2"), now=START)) is None
    assert activities.hear(note(None, page="pg_2"), now=START) is None


def test_who_has_left_does_nothing() -> None:
    activities = Activities()
    activities.hear(note("typing", page="pg_1"), now=START)
    activities.hear(note("typing", page="pg_2"), now=START)
    activities.forget("mer_1", "lnk_1")
    assert activities.of("mer_1", "lnk_1") is None
    assert [] == list(activities.expire(now=START + LASTS))


def test_each_link_is_known_for_itself_and_each_merchant_asks_about_its_own() -> None:
    activities = Activities()
    activities.hear(note("typing", link="lnk_1"), now=START)
    activities.hear(note("idle", link="lnk_2"), now=START)
    activities.hear(replace(note("active"), merchant="mer_2"), now=START)
    assert [("lnk_1", "typing"), ("lnk_2", "idle")] == [
        (one.link, one.activity) for one in activities.known("mer_1")
    ]
    assert ["active"] == [one.activity for one in activities.known("mer_2")]


def test_a_link_has_no_more_pages_than_are_counted() -> None:
    activities = Activities()
    for number in range(PAGES_A_LINK_MAX):
        activities.hear(note("idle", page=f"pg_{number}"), now=START)
    assert activities.hear(note("typing", page="pg_more"), now=START) is None
    assert "typing" == shown(activities.hear(note("typing", page="pg_0"), now=START))
