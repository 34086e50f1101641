"""Writing in a thread: to its own address, while that can be."""

import pytest

from channels.conversation_writing import ThreadUnreachable, start_thread, write_in_thread
from channels.message_store import Message
from core.errors import NotFound
from tests.channels.conftest import AGENT, PHONE, Desk
from tests.channels.talk import another_account, hear, thread_of


async def write(desk: Desk, thread: str, **changes: str | None) -> Message:
    asked: dict[str, str | None] = {
        "text": "Hello",
        "subject": None,
        "after": None,
        "agent": AGENT,
    } | changes
    async with desk.database.transaction() as session:
        return await write_in_thread(
            session,
            desk.vault,
            merchant=str(asked.pop("merchant", desk.merchant.id)),
            conversation=thread,
            actor=f"user:{AGENT}",
            now=desk.clock(),
            **asked,  # type: ignore[arg-type]
        )


async def test_the_words_go_to_the_threads_address_though_the_customer_has_another_now(
    desk: Desk,
) -> None:
    thread = await thread_of(desk, await hear(desk))
    desk.clock.advance(seconds=1)
    await desk.customer(phone="+447700900456")
    message = await write(desk, thread)
    assert (message.to, message.conversation, message.agent) == (PHONE, thread, AGENT)


async def test_a_short_code_takes_no_answers(desk: Desk) -> None:
    thread = await thread_of(desk, await hear(desk, sender="88440"))
    with pytest.raises(ThreadUnreachable):
        await write(desk, thread)


async def test_an_erased_customer_is_not_written_to(desk: Desk) -> None:
    message = await hear(desk)
    customer = str((await desk.message(message)).customer)
    async with desk.database.transaction() as session:
        await desk.vault.destroy(session, desk.merchant.id, customer, now=desk.clock())
    with pytest.raises(ThreadUnreachable):
        await write(desk, await thread_of(desk, message))


async def test_another_merchants_thread_is_not_there(desk: Desk) -> None:
    thread = await thread_of(desk, await hear(desk))
    with pytest.raises(NotFound):
        await write(desk, thread, merchant="mer_other")


async def test_a_mail_answers_what_the_last_one_was_about(desk: Desk) -> None:
    thread = await thread_of(
        desk,
        await hear(
            desk,
            account=desk.accounts["email"],
            sender="sam@example.com",
            subject="My\x00 booking\n 12",
        ),
    )
    assert (await write(desk, thread)).content.subject == "Re: My booking 12"
    desk.clock.advance(seconds=1)
    assert (await write(desk, thread)).content.subject == "Re: My booking 12"
    assert (await write(desk, thread, subject="Else")).content.subject == "Else"


async def test_a_subject_is_for_mails_alone(desk: Desk) -> None:
    thread = await thread_of(desk, await hear(desk))
    assert (await write(desk, thread, subject="Else")).content.subject is None


async def test_a_handle_is_written_to_by_the_account_that_knows_it(desk: Desk) -> None:
    await another_account(desk, "telegram", "bot-1")
    second = await another_account(desk, "telegram", "bot-2")
    message = await hear(desk, account=second, sender="12345", sender_name="Sam")
    sent = await write(desk, await thread_of(desk, message))
    assert (sent.sender, sent.to) == ("bot-2", "12345")
    async with desk.database.transaction() as session:
        again = await start_thread(
            session,
            desk.vault,
            merchant=desk.merchant.id,
            customer=sent.customer,
            to=None,
            channel="telegram",
            text="Hello",
            subject=None,
            agent=None,
            actor="system",
            now=desk.clock(),
        )
    assert (again.conversation, again.sender) == (sent.conversation, "bot-2")
