"""Customers' mails, read by IMAP from a real mailbox: each once, whatever breaks; and what is believed of them.

Covers channels.answered_threads too.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from channels.accounts import get_account, switch_account
from channels.consents import ConsentStopped
from channels.mailbox_reading import TOLD_AFTER_FAILURES, TRIES_PER_MAIL
from channels.mailboxes import find_place
from channels.message_store import messages
from channels.port import MailboxPlace, MailRead
from channels.provider_pool import ProviderPool
from channels.providers.imap import MAIL_BYTES_MAX
from channels.states import DeliveryState
from core.database import Database
from tests.channels.conftest import EMAIL, Desk
from tests.channels.mail_line import US, MailLine, open_line
from tests.simulator.harness import CARD, Simulator
from tests.support.free_port import free_port


@pytest.fixture
async def line(desk: Desk, tmp_path: Path) -> AsyncIterator[MailLine]:
    simulator = Simulator(tmp_path / "simulator.db", free_port(), free_port())
    opened = await open_line(desk, simulator)
    yield opened
    await opened.pool.close()
    await asyncio.to_thread(simulator.stop)


async def stored(line: MailLine) -> int:
    async with line.desk.database.snapshot() as session:
        rows = await session.all(sa.select(messages).where(messages.c.direction == "in"))
    return len(rows)


async def test_an_answer_typed_in_the_customers_mail_program_joins_the_conversation(
    line: MailLine,
) -> None:
    sent = await line.send()
    [mail] = line.simulator.inbox(to=EMAIL)
    await line.write("Which hotel is this?", subject="Re: Pay £49.99", answers=mail["id"])
    await line.look()
    [heard] = await line.heard()
    assert (heard.content.text, heard.content.subject) == ("Which hotel is this?", "Re: Pay £49.99")
    assert (heard.conversation, heard.customer) == (sent.conversation, sent.customer)
    assert (heard.sender, heard.unverified) == (EMAIL, False)
    await line.look()
    assert await line.planned_in() == 20
    assert await stored(line) == 1


async def test_a_card_number_in_an_answer_is_masked_in_all_its_parts(line: MailLine) -> None:
    await line.write(f"My card is {CARD}", subject=f"card {CARD}")
    await line.look()
    [heard] = await line.heard()
    assert (heard.content.text, heard.content.subject) == (
        "My card is •••• 4242",
        "card •••• 4242",
    )
    assert len(await line.desk.events("incident.card_number_masked")) == 1


async def test_a_bounce_that_comes_by_mail_fails_its_message(line: MailLine) -> None:
    sent = await line.send("bounce.sam@example.com")
    await line.look()
    after = await line.desk.message(sent.id)
    assert (after.state, after.problem) == (DeliveryState.FAILED, "invalid_address")
    assert await stored(line) == 0


async def test_a_forged_stop_is_obeyed_and_a_forged_start_goes_to_a_person(line: MailLine) -> None:
    await line.send()
    await line.post(f"From: {EMAIL}\nTo: {US}\nSubject: Hi\nMessage-ID: <1@x.example>\n\nSTOP\n")
    await line.look()
    with pytest.raises(ConsentStopped):
        await line.desk.queue(channel="email", to=EMAIL)
    await line.post(f"From: {EMAIL}\nTo: {US}\nMessage-ID: <2@x.example>\n\nSTART\n")
    await line.look()
    with pytest.raises(ConsentStopped):
        await line.desk.queue(channel="email", to=EMAIL)
    stop, start = await line.heard()
    assert (stop.unverified, start.unverified) == (True, True)
    [doubt] = await line.desk.events("consent.doubtful")
    assert doubt.data == {"message": start.id}
    received = await line.desk.events("message.received")
    assert [each.data["unverified"] for each in received] == [True, True]

    await line.write("START")
    await line.look()
    await line.desk.queue(channel="email", to=EMAIL)


async def test_an_automatic_reply_is_kept_and_moves_nothing(line: MailLine) -> None:
    sent = await line.send()
    auto = "Auto-Submitted: auto-replied\nMessage-ID: <a@x.example>"
    await line.post(f"From: {EMAIL}\nTo: {US}\n{auto}\n\nplease stop writing to me\n")
    await line.look()
    [heard] = await line.heard()
    assert heard.content.text == "[automatic reply] please stop writing to me"
    assert heard.conversation == sent.conversation
    assert await line.desk.events("consent.doubtful", "consent.changed") == []


async def test_an_answer_from_another_address_joins_the_thread_it_answers_unverified(
    line: MailLine,
) -> None:
    sent = await line.send()
    [mail] = line.simulator.inbox(to=EMAIL)
    await line.write("It's me, from work", sender="sam@work.example", answers=mail["id"])
    await line.look()
    [heard] = await line.heard()
    assert (heard.conversation, heard.customer) == (sent.conversation, sent.customer)
    assert (heard.sender, heard.unverified) == ("sam@work.example", True)
    again = await line.desk.customer(email="sam@work.example")
    assert again.id != sent.customer


async def test_a_huge_mail_is_read_as_far_as_is_reasonable_and_holds_up_nobody(
    line: MailLine,
) -> None:
    head = f"From: {EMAIL}\nTo: {US}\nMessage-ID: <big@x.example>\nMIME-Version: 1.0\n"
    head += 'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\n'
    part = "\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n"
    rest = ("A" * 70 + "\n") * (MAIL_BYTES_MAX // 70 + 1000)
    await line.post(f"{head}My bill is attached.{part}\n{rest}\n--b--\n")
    await line.write("And another thing")
    await line.look()
    big, small = await line.heard()
    assert big.content.text.startswith("My bill is attached.\n\n[The rest of this mail")
    assert big.attachments == ("a.pdf",)
    assert small.content.text == "And another thing"


async def test_new_numbers_in_the_mailbox_make_no_mail_come_twice(line: MailLine) -> None:
    await line.write("One")
    await line.look()
    await line.write("Two")
    await line.faults(mailbox_renumbered=1)
    await line.look()
    await line.look()
    assert [one.content.text for one in await line.heard()] == ["One", "Two"]


async def test_the_same_mail_delivered_twice_is_kept_once(line: MailLine) -> None:
    for _ in range(2):
        await line.post(f"From: {EMAIL}\nTo: {US}\nMessage-ID: <same@x.example>\n\nHello\n")
    await line.look()
    assert await stored(line) == 1


async def test_a_connection_that_breaks_in_the_middle_of_a_mail_is_tried_again(
    line: MailLine,
) -> None:
    await line.write("Hello")
    await line.faults(mailbox_drops=1)
    await line.look()
    assert (await stored(line), await line.planned_in()) == (0, 5)
    await line.look()
    assert await stored(line) == 1
    assert await line.desk.events("incident.mailbox_failing") == []


async def test_a_slow_server_is_waited_for(line: MailLine) -> None:
    await line.write("Hello")
    await line.faults(slow=1)
    await line.look()
    assert await stored(line) == 1


async def test_a_wrong_password_is_told_once_and_its_mending_once(line: MailLine) -> None:
    await line.write("Hello")
    await line.set_up(password="old")
    async with line.desk.database.snapshot() as session:
        account = await get_account(session, line.desk.accounts["email"].id)
        provider = await line.pool.of(session, account)
    wrong = f"The mailbox at 127.0.0.1:{line.imap_port} does not let us in: wrong login."
    assert await provider.check() == wrong
    waits = []
    for _ in range(TOLD_AFTER_FAILURES + 2):
        await line.look()
        waits.append(await line.planned_in())
    assert waits == [5, 10, 20, 40, 80]
    [told] = await line.desk.events("incident.mailbox_failing")
    assert told.data == {"account": account.id, "detail": wrong}
    await line.set_up()
    await line.look()
    assert await stored(line) == 1
    async with line.desk.database.snapshot() as session:
        provider = await line.pool.of(session, await get_account(session, account.id))
    assert await provider.check() is None


async def test_a_mailbox_that_comes_back_by_itself_is_told_once(line: MailLine) -> None:
    await asyncio.to_thread(line.simulator.stop)
    for _ in range(TOLD_AFTER_FAILURES):
        await line.look()
    await asyncio.to_thread(line.simulator.start)
    await line.look()
    await line.look()
    assert len(await line.desk.events("incident.mailbox_failing")) == 1
    assert len(await line.desk.events("incident.mailbox_recovered")) == 1


async def test_two_workers_at_once_read_a_mailbox_once(line: MailLine) -> None:
    for number in range(5):
        await line.write(f"Mail {number}")
    [job] = await line.claim()
    assert await line.claim() == []
    # The lease runs out while the first one is slow: the second takes over, and the first may keep nothing more.
    line.desk.clock.advance(seconds=61)
    [again] = await line.claim()
    await asyncio.gather(line.reader().read(job), line.reader().read(again))
    assert sorted(one.content.text for one in await line.heard()) == [
        f"Mail {number}" for number in range(5)
    ]


class DyingDatabase(Database):
    """Its process dies in the middle of the transaction that is told to."""

    left = 10**6

    async def before(self, _session: object) -> None:
        self.left -= 1
        if self.left < 0:
            raise asyncio.CancelledError


async def test_a_process_that_dies_anywhere_loses_no_mail_and_keeps_none_twice(
    line: MailLine, database_url: str, open_database: Callable[[str], Database]
) -> None:
    for number in range(3):
        await line.write(f"Mail {number}")
    for commits in range(6):
        dying = DyingDatabase(database_url)
        dying.left = commits
        dying.before_commit[:] = [*line.desk.database.before_commit, dying.before]
        line.desk.clock.advance(seconds=61)
        [job] = await line.claim()
        try:
            await line.reader(dying).read(job)
        except asyncio.CancelledError:
            pass
        finally:
            await dying.close()
    line.desk.clock.advance(seconds=61)
    await line.look()
    assert [one.content.text for one in await line.heard()] == ["Mail 0", "Mail 1", "Mail 2"]


class StubbornMailbox:
    """A provider whose second mail nobody can keep."""

    mailbox_poll_seconds = 20

    async def read_mailbox(
        self, place: MailboxPlace | None, **_since: object
    ) -> tuple[MailboxPlace, list[MailRead]]:
        last = place.uid_last if place is not None else 0
        bad: MailRead = MailRead(MailboxPlace(1, 2), "no mail")  # type: ignore[arg-type]
        mails = [MailRead(MailboxPlace(1, 1), None), bad, MailRead(MailboxPlace(1, 3), None)]
        return MailboxPlace(1, last), [each for each in mails if each.place.uid_last > last]


async def test_a_mail_that_cannot_be_kept_is_left_there_told_and_passed_by(line: MailLine) -> None:
    await line.set_up(poll_seconds=21)
    pool = ProviderPool({"smtp": lambda _: StubbornMailbox()}, line.desk.vault)  # type: ignore[arg-type,return-value]
    stubborn = replace(line, pool=pool)
    for tries in range(1, TRIES_PER_MAIL + 1):
        assert await line.desk.events("incident.mail_skipped") == [], tries
        await stubborn.look()
    [told] = await line.desk.events("incident.mail_skipped")
    assert told.data == {"account": line.desk.accounts["email"].id, "uid": 2}
    async with line.desk.database.snapshot() as session:
        found = await find_place(session, line.desk.accounts["email"].id)
    assert found is not None
    assert found[0] == MailboxPlace(1, 3)


async def test_an_account_out_of_use_is_not_read_and_one_in_use_again_is(line: MailLine) -> None:
    account = line.desk.accounts["email"].id
    for active in (False, True):
        async with line.desk.database.transaction() as session:
            await switch_account(
                session,
                merchant=line.desk.merchant.id,
                account_id=account,
                active=active,
                now=line.desk.clock(),
            )
        await line.write("Hello")
        await line.look()
        assert await stored(line) == (2 if active else 0)
