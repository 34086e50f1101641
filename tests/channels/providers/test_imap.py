"""A mailbox's settings, and servers that mean no good. Reading itself: tests/channels/test_mailbox_reading.py."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from channels.port import MailboxPlace, MailboxUnusable
from channels.providers.imap import ImapConfig, ImapMailbox

LOGIN = {"username": "acme", "password": "postage"}
SINCE = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": ""},
        {"security": "none"},
        {"security": "starttls"},
        {"username": "a\r\nb LOGOUT"},
        {"password": "line\nbreak"},
        {"folder": ""},
        {"poll_seconds": 0},
        {"port": 0},
        {"delete": True},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ImapConfig.model_validate({"host": "mail.acme.example", **LOGIN} | wrong)


def test_a_mailbox_is_read_over_tls_unless_it_is_told_otherwise_on_this_machine() -> None:
    config = ImapConfig.model_validate({"host": "mail.acme.example", **LOGIN})
    assert (config.port, config.security, config.folder) == (993, "tls", "INBOX")
    assert "postage" not in repr(config)


Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(script: Script) -> AsyncIterator[ImapMailbox]:
    listening = await asyncio.start_server(script, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    config = {"host": "127.0.0.1", "port": port, "security": "none", **LOGIN}
    yield ImapMailbox(ImapConfig.model_validate(config), "pay@acme.example")
    listening.close()


def speaking(answers: dict[str, str]) -> Script:
    """Answers each command by its name; `{tag}` is the command's own."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK hello\r\n")
        while line := (await reader.readline()).decode():
            tag, *words = line.split()
            name = " ".join(words[:2]) if words[0] == "UID" else words[0]
            usual = (
                "* CAPABILITY IMAP4rev1\r\n{tag} OK done\r\n"
                if name == "CAPABILITY"
                else "{tag} OK done\r\n"
            )
            writer.write(answers.get(name, usual).replace("{tag}", tag).encode())
        writer.close()

    return script


OPEN = "* 1 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT 4]\r\n{tag} OK done\r\n"


@pytest.mark.parametrize(
    "answers",
    [
        {"CAPABILITY": "{tag} BAD done\r\n"},
        {"LOGIN": "{tag} NO done\r\n"},
        {"SELECT": "{tag} NO done\r\n"},
        {"SELECT": "* 1 EXISTS\r\n{tag} OK done\r\n"},
        {"SELECT": OPEN.replace("7", "99999999999")},
        {"SELECT": OPEN, "UID SEARCH": "{tag} NO done\r\n"},
        {
            "SELECT": OPEN,
            "UID SEARCH": "* SEARCH 3\r\n{tag} OK done\r\n",
            "UID FETCH": "{tag} NO done\r\n",
        },
        {
            "SELECT": OPEN,
            "UID SEARCH": "* SEARCH 3\r\n{tag} OK done\r\n",
            "UID FETCH": "* 1 FETCH (UID 3 BODY[]<0> {9999999999}\r\n",
        },
    ],
)
async def test_a_server_that_does_not_do_its_part_is_named_unusable(
    answers: dict[str, str],
) -> None:
    async with server(speaking(answers)) as mailbox:
        with pytest.raises(MailboxUnusable):
            await mailbox.read(None, since=SINCE)


async def test_a_look_at_nothing_starts_where_the_next_mail_will_be() -> None:
    async with server(
        speaking({"SELECT": OPEN, "UID SEARCH": "* SEARCH\r\n{tag} OK done\r\n"})
    ) as mailbox:
        assert await mailbox.read(None, since=SINCE) == (MailboxPlace(7, 3), ())
        known = MailboxPlace(7, 2)
        assert await mailbox.read(known, since=SINCE) == (known, ())


async def test_a_mail_that_is_gone_when_it_is_fetched_is_passed_by() -> None:
    answers = {"SELECT": OPEN, "UID SEARCH": "* SEARCH 3 x\r\n{tag} OK done\r\n"}
    async with server(speaking(answers)) as mailbox:
        place, [read] = await mailbox.read(None, since=SINCE)
    assert (place, read.place, read.tells) == (MailboxPlace(7, 2), MailboxPlace(7, 3), None)


async def test_a_look_that_goes_on_is_cut_when_the_mailbox_is_closed() -> None:
    asked = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK hello\r\n")
        tag = (await reader.readline()).split()[0]
        writer.write(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n")
        await reader.readline()
        asked.set()
        await reader.read()
        writer.close()

    async with server(silent) as mailbox:
        look = asyncio.create_task(mailbox.check())
        await asked.wait()
        mailbox.close()
        assert "breaks off" in str(await look)
