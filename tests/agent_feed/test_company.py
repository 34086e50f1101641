"""Processes tell each other who is here just now, and one that hears nothing more shows nothing more."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from agent_feed.batches import Activity, Presence, Watcher, Watchers
from agent_feed.company import Company
from agent_feed.notes import PageNote
from compliance.principal import Principal
from tests.agent_feed.conftest import until
from tests.agent_feed.entries import MERCHANT
from tests.support.clock import SettableClock
from tests.support.people import person, software

RIVAL = "mer_rival"
STAFF = {MERCHANT: {"usr_ann": "Ann", "usr_bob": "Bob"}, RIVAL: {"usr_rob": "Rob"}}


@dataclass(eq=False)
class Screen:
    """An `Ear` that remembers what it was told."""

    principal: Principal
    told: list[Watchers] = field(default_factory=list)

    def offer_watchers(self, watchers: Watchers) -> None:
        self.told.append(watchers)

    @property
    def names(self) -> list[str]:
        """Who else looks, as last told."""
        return [one.name for one in self.told[-1].agents]


class Line:
    """Carries the notes of some processes to the others, unless it is `cut`."""

    def __init__(self) -> None:
        self.clock = SettableClock()
        self.processes: list[Company] = []
        self.presence: list[list[Presence]] = []
        self.sent: list[str] = []
        self.lookups = 0
        self.cut = False
        self.directory_away = False

    def process(self) -> Company:
        number = len(self.processes)
        told: list[Presence] = []

        def pass_on(about: str, text: str) -> None:
            self.sent.append(text)
            if not self.cut:
                for other, each in enumerate(self.processes):
                    if other != number:
                        each.hear(text)

        made = Company(self.clock, tell=told.append, names=self._names, pass_on=pass_on)
        self.processes.append(made)
        self.presence.append(told)
        return made

    def pass_time(self, *, seconds: int, processes: Collection[Company] | None = None) -> None:
        for _ in range(seconds):
            now = self.clock.advance(seconds=1)
            for each in self.processes if processes is None else processes:
                each.tick(now)

    async def _names(self, merchant: str, users: Collection[str]) -> Mapping[str, str]:
        self.lookups += 1
        if self.directory_away:
            raise OSError("the database is away")
        staff = STAFF.get(merchant, {})
        return {user: staff[user] for user in users if user in staff}


def screen(user: str, merchant: str = MERCHANT) -> Screen:
    """`usr_ann` is called Ann wherever she signs in."""
    made = person(merchant, id=user)
    name = STAFF[merchant].get(user, "Somebody")
    return Screen(Principal(merchant, "user", user, name, made.role))


def page(activity: Activity | None, link: str = "lnk_1") -> PageNote:
    return PageNote(
        merchant=MERCHANT,
        link=link,
        page="pg_1",
        agent="usr_ann",
        customer=None,
        device="mobile",
        activity=activity,
    )


async def test_two_who_look_at_one_link_are_told_of_each_other() -> None:
    company = Line().process()
    ann, bob = screen("usr_ann"), screen("usr_bob")
    company.watch(ann, "lnk_1")
    company.watch(bob, "lnk_1")
    assert [
        Watchers("lnk_1", ()),
        Watchers("lnk_1", (Watcher("usr_bob", "Bob"),)),
    ] == ann.told
    assert ["Ann"] == bob.names
    company.watch(bob, "lnk_2")
    assert ([], []) == (ann.names, bob.names)


async def test_the_same_person_at_another_screen_is_no_collision() -> None:
    company = Line().process()
    desk, phone = screen("usr_ann"), screen("usr_ann")
    company.watch(desk, "lnk_1")
    company.watch(phone, "lnk_1")
    assert ([], []) == (desk.names, phone.names)


async def test_software_hears_of_people_and_people_do_not_hear_of_it() -> None:
    company = Line().process()
    ann, crm = screen("usr_ann"), Screen(software(MERCHANT))
    company.watch(ann, "lnk_1")
    company.watch(crm, "lnk_1")
    assert ([], ["Ann"]) == (ann.names, crm.names)


async def test_another_merchants_people_are_never_named_whatever_link_they_name() -> None:
    line = Line()
    here, there = line.process(), line.process()
    ann, rob = screen("usr_ann"), screen("usr_rob", RIVAL)
    here.watch(ann, "lnk_1")
    there.watch(rob, "lnk_1")
    here.watch(screen("usr_rob", RIVAL), "lnk_1")
    # Not even by a note that puts a stranger among ours.
    here.hear(
        f'{{"merchant":"{MERCHANT}","link":"lnk_1","process":"x","agents":["usr_rob","usr_bob"]}}'
    )
    await until(lambda: ann.names == ["Bob"])


async def test_who_looks_in_another_process_is_named_from_ones_own_directory() -> None:
    line = Line()
    here, there = line.process(), line.process()
    ann, bob = screen("usr_ann"), screen("usr_bob")
    here.watch(ann, "lnk_1")
    there.watch(bob, "lnk_1")
    await until(lambda: ann.names == ["Bob"] and bool(bob.told) and bob.names == ["Ann"])
    assert not any("Bob" in text or "Ann" in text for text in line.sent)
    there.watch(bob, None)
    assert [] == ann.names
    there.watch(bob, "lnk_1")
    assert (["Bob"], 2) == (ann.names, line.lookups), "each asks once"


async def test_a_process_that_dies_has_nobody_looking_30_seconds_later() -> None:
    line = Line()
    here, there = line.process(), line.process()
    ann, bob = screen("usr_ann"), screen("usr_bob")
    here.watch(ann, "lnk_1")
    there.watch(bob, "lnk_1")
    await until(lambda: ann.names == ["Bob"])
    line.pass_time(seconds=60)
    assert ["Bob"] == ann.names, "it says so again and again"
    line.pass_time(seconds=20, processes=[here])
    assert ["Bob"] == ann.names
    line.pass_time(seconds=10, processes=[here])
    assert [] == ann.names


async def test_a_line_that_was_cut_is_made_up_for() -> None:
    line = Line()
    here, there = line.process(), line.process()
    ann = screen("usr_ann")
    here.watch(ann, "lnk_1")
    line.cut = True
    there.watch(screen("usr_bob"), "lnk_1")
    line.pass_time(seconds=9)
    assert [] == ann.names
    line.cut = False
    line.pass_time(seconds=1)
    await until(lambda: ann.names == ["Bob"])


async def test_a_directory_that_is_away_names_nobody_and_breaks_nothing() -> None:
    line = Line()
    here, there = line.process(), line.process()
    ann, bob = screen("usr_ann"), screen("usr_bob")
    here.watch(ann, "lnk_1")
    line.directory_away = True
    there.watch(bob, "lnk_1")
    await asyncio.sleep(0.01)
    assert [] == ann.names
    line.directory_away = False
    line.pass_time(seconds=10)
    await until(lambda: ann.names == ["Bob"])


async def test_what_the_customer_does_reaches_every_process_and_grows_old_in_each() -> None:
    line = Line()
    here, there = line.process(), line.process()
    here.page_says(page("typing"))
    assert [["typing"]] * 2 == [[one.activity for one in told] for told in line.presence]
    line.pass_time(seconds=29)
    here.page_says(page("typing"))
    line.pass_time(seconds=29)
    assert [1, 1] == [len(told) for told in line.presence]
    line.pass_time(seconds=1)
    assert [["typing", None]] * 2 == [[one.activity for one in told] for told in line.presence]
    assert [[], []] == [list(each.on_pages(MERCHANT)) for each in (here, there)]


async def test_what_the_journal_says_of_a_page_is_told_with_what_is_done_there() -> None:
    company = Line().process()
    company.page_says(page("idle"))
    [known] = company.on_pages(MERCHANT)
    came = Presence(
        merchant=MERCHANT, link="lnk_1", agent=None, customer=None, present=True, device=None
    )
    assert ("idle", "idle") == (known.activity, company.with_activity(came).activity)


async def test_who_has_left_is_shown_as_doing_nothing() -> None:
    company = Line().process()
    company.page_says(page("typing"))
    left = Presence(
        merchant=MERCHANT, link="lnk_1", agent=None, customer=None, present=False, device=None
    )
    assert company.with_activity(left) is left
    assert [] == list(company.on_pages(MERCHANT))


async def test_one_process_alone_needs_no_line() -> None:
    told: list[Presence] = []

    async def nobody(merchant: str, users: Collection[str]) -> Mapping[str, str]:
        return {}

    company = Company(SettableClock(), tell=told.append, names=nobody)
    ann, bob = screen("usr_ann"), screen("usr_bob")
    company.watch(ann, "lnk_1")
    company.watch(bob, "lnk_1")
    company.page_says(page("typing"))
    assert (["Bob"], ["Ann"], 1) == (ann.names, bob.names, len(told))


async def test_a_note_that_makes_no_sense_changes_nothing() -> None:
    line = Line()
    company = line.process()
    for text in ("", "{", '{"merchant":7}', '{"process":"x"}'):
        company.hear(text)
    assert [[]] == line.presence
