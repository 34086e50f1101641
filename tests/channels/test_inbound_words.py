"""Card numbers in pieces: gone from messages and from the journal, and nothing else is touched."""

import sqlalchemy as sa

from channels.inbound import record_inbound
from channels.inbound_words import FILE_NAMES_MAX, TEXT_LENGTH_MAX
from channels.message_store import messages
from channels.port import Inbound
from channels.split_numbers import WINDOW
from compliance.journal.verify import verify
from tests.channels.conftest import PHONE, Desk
from tests.support.vectors import vectors


async def hear(desk: Desk, text: str, sid: str, **more: object) -> str:
    desk.clock.advance(seconds=5)
    async with desk.database.transaction() as session:
        stored = await record_inbound(
            session,
            desk.vault,
            desk.accounts["sms"],
            Inbound(
                provider_id=sid,
                sender=str(more.pop("sender", PHONE)),
                recipient="+447700900999",
                text=text,
                **more,  # type: ignore[arg-type]
            ),
            now=desk.clock(),
        )
    assert stored is not None
    return stored


async def told(desk: Desk) -> list[str]:
    return [one.data["text"] for one in await desk.events("message.received")]


async def test_a_number_in_two_messages_is_gone_from_both_and_from_the_journal(desk: Desk) -> None:
    first = await hear(desk, "it is 4242 4242", "SM1")
    assert await told(desk) == ["it is 4242 4242"]
    second = await hear(desk, "4242 4242 thanks", "SM2")
    assert (await desk.message(first)).content.text == "it is ••••"
    assert (await desk.message(second)).content.text == "•••• 4242 thanks"
    assert await told(desk) == ["it is ••••", "•••• 4242 thanks"]
    received = (await desk.events("message.received"))[1]
    assert received.data["card_number_masked"] is True
    assert received.data["masked_earlier"] == [first]
    [incident] = await desk.events("incident.card_number_masked")
    assert incident.data == {"message": second, "earlier": [first]}
    assert (await desk.message(first)).masked
    assert (await desk.message(second)).masked


async def test_the_chain_still_verifies_after_words_were_taken_back(desk: Desk) -> None:
    await hear(desk, "4242 4242", "SM1")
    await hear(desk, "4242 4242", "SM2")
    async with desk.database.snapshot() as session:
        verdict = await verify(session, desk.vault, desk.merchant.id, now=desk.clock())
    assert verdict.intact


async def test_a_number_in_four_messages_leaves_first_and_last_four(desk: Desk) -> None:
    for sid, piece in (("1", "4242"), ("2", "4242"), ("3", "4242"), ("4", "4242")):
        await hear(desk, piece, sid)
    assert await told(desk) == ["4242", "••••", "••••", "•••• 4242"]


async def test_pieces_too_far_apart_are_two_messages(desk: Desk) -> None:
    await hear(desk, "4242 4242", "SM1")
    desk.clock.advance(WINDOW)
    await hear(desk, "4242 4242", "SM2")
    assert await told(desk) == ["4242 4242", "4242 4242"]


async def test_pieces_in_two_threads_are_two_messages(desk: Desk) -> None:
    await hear(desk, "4242 4242", "SM1")
    await hear(desk, "4242 4242", "SM2", sender="+447700900456")
    assert await told(desk) == ["4242 4242", "4242 4242"]


async def test_an_edit_is_a_further_message_and_takes_its_first_try_with_it(desk: Desk) -> None:
    first = await hear(desk, "so 4242 4242 4242 424 ok", "SM1")
    edit = await hear(desk, "so 4242 4242 4242 4242 ok", "SM1-edit", edits="SM1")
    assert (await desk.message(edit)).edits == first
    assert await told(desk) == ["so •••• ok", "so •••• 4242 ok"]
    assert (await desk.events("message.received"))[1].data["edits"] == first


async def test_subject_and_text_are_read_as_one_after_the_other(desk: Desk) -> None:
    message = await desk.message(await hear(desk, "4242 4242", "SM1", subject="4242 4242"))
    assert (message.content.subject, message.content.text) == ("••••", "•••• 4242")


async def test_names_of_files_and_senders_are_masked(desk: Desk) -> None:
    number = "4242424242424242"
    many = tuple(f"{at}.jpg" for at in range(FILE_NAMES_MAX + 5))
    await hear(desk, "here", "SM1", attachments=(f"card {number}.jpg", *many), sender_name=number)
    [received] = await desk.events("message.received")
    assert received.data["attachments"][:2] == ["card •••• 4242.jpg", "0.jpg"]
    assert len(received.data["attachments"]) == FILE_NAMES_MAX
    message = await desk.message(received.data["message"])
    assert list(message.attachments) == received.data["attachments"]
    assert (await desk.customer(phone=PHONE)).name is None


async def test_an_endless_text_is_cut(desk: Desk) -> None:
    message = await desk.message(await hear(desk, "a" * (TEXT_LENGTH_MAX + 1), "SM1"))
    assert len(message.content.text) == TEXT_LENGTH_MAX


async def test_an_erased_customers_words_stay_erased(desk: Desk) -> None:
    first = await hear(desk, "4242 4242", "SM1")
    customer = str((await desk.message(first)).customer)
    async with desk.database.transaction() as session:
        await desk.vault.destroy(session, desk.merchant.id, customer, now=desk.clock())
    [received] = await desk.events("message.received")
    assert received.data == {"message": first, "erased": True}


async def test_the_published_cases_cut_in_two_leave_nothing_to_read(desk: Desk) -> None:
    for number, case in enumerate(vectors("pan_detection.json")["cases"]):
        at = len(case["text"]) // 2 - 1
        desk.clock.advance(WINDOW)
        ids = [
            await hear(desk, piece, f"{number}-{place}")
            for place, piece in enumerate((case["text"][:at], case["text"][at:]))
        ]
        texts = [(await desk.message(each)).content.text for each in ids]
        for kept in (texts, (await told(desk))[-2:]):
            if case["count"] == 0:
                assert "".join(kept) == case["text"]
            else:
                assert sum(each.isdecimal() for each in "".join(kept)) <= 4 * (case["count"] + 1)


async def test_nothing_of_it_is_left_in_the_row(desk: Desk) -> None:
    await hear(desk, "4242 4242", "SM1")
    async with desk.database.snapshot() as session:
        before = await session.scalar(sa.select(messages.c.sealed))
    await hear(desk, "4242 4242", "SM2")
    async with desk.database.snapshot() as session:
        rows = await session.all(sa.select(messages.c.sealed).order_by(messages.c.id))
    assert before not in [row["sealed"] for row in rows]
