"""Who looks at a link is known across processes, and the word of one that has died grows old."""

from datetime import timedelta

from agent_feed.notes import AGENTS_MAX, LASTS, WatchNote
from agent_feed.watching import Watching
from tests.support.clock import START

SECOND = timedelta(seconds=1)
ONE, TWO = ("mer_1", "lnk_1"), ("mer_1", "lnk_2")


def said(*agents: str, process: str = "p2", link: str = "lnk_1") -> WatchNote:
    return WatchNote(merchant="mer_1", link=link, process=process, agents=agents)


def test_who_looks_elsewhere_looks_here_no_longer() -> None:
    watching = Watching[str]()
    assert [ONE] == list(watching.put("ear", ONE, "usr_ann"))
    assert [ONE, TWO] == list(watching.put("ear", TWO, "usr_ann"))
    assert [] == list(watching.put("ear", TWO, "usr_ann"))
    assert (frozenset(), frozenset({"usr_ann"})) == (watching.agents(ONE), watching.agents(TWO))
    assert [TWO] == list(watching.drop("ear"))
    assert ([], ()) == (list(watching.drop("ear")), watching.places())


def test_one_agent_at_two_screens_is_one() -> None:
    watching = Watching[str]()
    watching.put("desk", ONE, "usr_ann")
    watching.put("phone", ONE, "usr_ann")
    assert (("usr_ann",), ["desk", "phone"]) == (watching.here(ONE), list(watching.ears(ONE)))
    watching.drop("desk")
    assert ("usr_ann",) == watching.here(ONE)


def test_software_is_told_and_nobody_is_told_of_it() -> None:
    watching = Watching[str]()
    watching.put("crm", ONE, None)
    assert ((), ["crm"]) == (watching.here(ONE), list(watching.ears(ONE)))


def test_others_are_known_as_their_processes_say() -> None:
    watching = Watching[str]()
    watching.put("ear", ONE, "usr_ann")
    assert watching.hear(said("usr_bob"), now=START)
    assert not watching.hear(said("usr_bob"), now=START)
    assert not watching.hear(said("usr_ann", "usr_bob", process="p3"), now=START)
    assert frozenset({"usr_ann", "usr_bob"}) == watching.agents(ONE)
    assert not watching.hear(said(process="p2"), now=START)
    assert watching.hear(said(process="p3"), now=START)
    assert frozenset({"usr_ann"}) == watching.agents(ONE)
    assert ("usr_ann",) == watching.here(ONE), "only its own are told to others"


def test_a_process_that_says_nothing_for_30_seconds_has_nobody_looking() -> None:
    watching = Watching[str]()
    watching.hear(said("usr_bob"), now=START)
    watching.hear(said("usr_cleo", link="lnk_2"), now=START)
    watching.hear(said("usr_bob"), now=START + 10 * SECOND)
    assert [] == list(watching.expire(now=START + LASTS - SECOND))
    assert [TWO] == list(watching.expire(now=START + LASTS))
    assert [ONE] == list(watching.expire(now=START + LASTS + 10 * SECOND))
    assert [] == list(watching.expire(now=START + 3 * LASTS))


def test_no_more_are_told_of_than_a_note_may_name() -> None:
    watching = Watching[int]()
    for number in range(AGENTS_MAX + 3):
        watching.put(number, ONE, f"usr_{number:03}")
    assert AGENTS_MAX == len(watching.here(ONE))
