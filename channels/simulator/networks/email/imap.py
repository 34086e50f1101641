"""The IMAP server in front of the merchant's mailbox: as much of RFC 3501 as a program that reads mail asks for.

TLS from the first byte (RFC 8314), one folder, no deleting. What it does not know it answers with BAD.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass

from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel
from channels.simulator.networks.email.imap_words import (
    SearchInvalid,
    fetched,
    matching,
    numbers_in,
    words_in,
)
from channels.simulator.networks.email.mailbox import Kept, MerchantMailbox

CONNECTIONS_MAX = 50
LINE_BYTES_MAX = 16 * 1024
IDLE_SECONDS_MAX = 60
_CAPABILITIES = "IMAP4rev1"
_TAG = re.compile(r"[A-Za-z0-9.]{1,32}")

log = logging.getLogger(__name__)


async def start_imap(
    exchange: Exchange, mailbox: MerchantMailbox, tls: ssl.SSLContext
) -> asyncio.Server:
    """Listens on the loop that calls; the answer is the server, to be closed by the caller."""
    here: set[_Conversation] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversation = _Conversation(exchange, mailbox, reader, writer)
        if len(here) >= CONNECTIONS_MAX:
            writer.close()
            return
        here.add(conversation)
        try:
            await conversation.run()
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
            pass  # the client is gone, says nothing, or a line too long
        finally:
            here.discard(conversation)
            with suppress(OSError):
                writer.close()

    options = exchange.options
    assert options.imap_port is not None
    return await asyncio.start_server(
        serve, options.host, options.imap_port, ssl=tls, limit=LINE_BYTES_MAX
    )


@dataclass(eq=False)
class _Conversation:
    """One client, from greeting to goodbye."""

    exchange: Exchange
    mailbox: MerchantMailbox
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    known: bool = False
    # What the folder held when it was opened: sequence numbers count in it.
    folder: list[Kept] | None = None
    read_only: bool = False

    async def run(self) -> None:
        await self._say(f"* OK [CAPABILITY {_CAPABILITIES}] Paythread simulated mailbox")
        while not self.writer.is_closing():
            async with asyncio.timeout(IDLE_SECONDS_MAX):
                line = await self.reader.readline()
            if not line:
                return
            tag, _, rest = line.decode("latin-1").rstrip("\r\n").partition(" ")
            command, _, arguments = rest.partition(" ")
            if not _TAG.fullmatch(tag):
                await self._say("* BAD What is this?")
                continue
            await self._answer(tag, command.upper(), arguments)

    async def _answer(self, tag: str, command: str, arguments: str) -> None:
        if command == "UID":
            command, _, arguments = arguments.partition(" ")
            command = f"UID {command.upper()}"
        match command:
            case "CAPABILITY":
                await self._say(f"* CAPABILITY {_CAPABILITIES}", f"{tag} OK Done")
            case "NOOP" | "CHECK":
                await self._say(f"{tag} OK Done")
            case "LOGOUT":
                await self._say("* BYE Goodbye", f"{tag} OK Done")
                self.writer.close()
            case "LOGIN":
                await self._log_in(tag, arguments)
            case _ if not self.known:
                await self._say(f"{tag} NO Log in first")
            case "SELECT" | "EXAMINE":
                await self._select(tag, arguments, read_only=command == "EXAMINE")
            case _ if self.folder is None:
                await self._say(f"{tag} BAD Select a folder first")
            case "UID SEARCH" | "SEARCH":
                await self._search(tag, arguments, by_uid=command.startswith("UID"))
            case "UID FETCH":
                await self._fetch(tag, arguments)
            case "UID STORE":
                await self._store(tag, arguments)
            case _:
                await self._say(f"{tag} BAD Not here")

    async def _log_in(self, tag: str, arguments: str) -> None:
        await self.exchange.drag(Channel.EMAIL)
        given = words_in(arguments)
        options = self.exchange.options
        if len(given) != 2:
            await self._say(f"{tag} BAD A name and a password")
            return
        wanted = (options.smtp_user, options.smtp_password)
        right = [
            known is not None and hmac.compare_digest(said.encode(), known.encode())
            for said, known in zip(given, wanted, strict=True)
        ]
        if not all(right):
            await self._say(f"{tag} NO [AUTHENTICATIONFAILED] Wrong name or password")
            return
        self.known = True
        await self._say(f"{tag} OK Welcome")

    async def _select(self, tag: str, arguments: str, *, read_only: bool) -> None:
        await self.exchange.drag(Channel.EMAIL)
        if [each.upper() for each in words_in(arguments)] != ["INBOX"]:
            self.folder = None
            await self._say(f"{tag} NO [NONEXISTENT] There is only INBOX")
            return
        if self.exchange.faults.strikes("mailbox_renumbered", Channel.EMAIL):
            self.mailbox.renumber()
        self.folder, self.read_only = self.mailbox.all(), read_only
        await self._say(
            r"* FLAGS (\Seen)",
            r"* OK [PERMANENTFLAGS (\Seen)] These are kept",
            f"* {len(self.folder)} EXISTS",
            "* 0 RECENT",
            f"* OK [UIDVALIDITY {self.mailbox.validity}] These numbers hold",
            f"* OK [UIDNEXT {self.mailbox.next_uid()}] The next one",
            f"{tag} OK [READ-{'ONLY' if read_only else 'WRITE'}] Done",
        )

    async def _search(self, tag: str, arguments: str, *, by_uid: bool) -> None:
        assert self.folder is not None
        await self.exchange.drag(Channel.EMAIL)
        try:
            found = matching(self.folder, words_in(arguments))
        except SearchInvalid:
            await self._say(f"{tag} BAD I do not know how to look for that")
            return
        numbers = [str(kept.uid if by_uid else at) for at, kept in found]
        await self._say(" ".join(["* SEARCH", *numbers]), f"{tag} OK Done")

    async def _fetch(self, tag: str, arguments: str) -> None:
        assert self.folder is not None
        await self.exchange.drag(Channel.EMAIL)
        wanted, _, items = arguments.partition(" ")
        for at, kept in self._named(wanted):
            answer = fetched(kept, items)
            if answer is None:
                await self._say(f"{tag} BAD I do not know these parts")
                return
            parts, marks_seen = answer
            whole = f"* {at} FETCH (".encode() + parts + b")\r\n"
            if b"}\r\n" in parts and self.exchange.faults.strikes("mailbox_drops", Channel.EMAIL):
                self.writer.write(whole[: len(whole) // 2])
                await self.writer.drain()
                self.writer.close()
                return
            self.writer.write(whole)
            await self.writer.drain()
            if marks_seen and not self.read_only:
                self.mailbox.mark_seen({kept.uid})
        await self._say(f"{tag} OK Done")

    async def _store(self, tag: str, arguments: str) -> None:
        wanted, _, rest = arguments.partition(" ")
        action, _, flags = rest.partition(" ")
        if self.read_only:
            await self._say(f"{tag} NO This folder is open for reading")
            return
        if action.upper() not in {"+FLAGS", "+FLAGS.SILENT"} or r"\seen" not in flags.lower():
            await self._say(rf"{tag} NO Only \Seen can be set here")
            return
        named = self._named(wanted)
        self.mailbox.mark_seen({kept.uid for _, kept in named})
        told = []
        if action.upper() == "+FLAGS":
            told = [rf"* {at} FETCH (UID {kept.uid} FLAGS (\Seen))" for at, kept in named]
        await self._say(*told, f"{tag} OK Done")

    def _named(self, wanted: str) -> list[tuple[int, Kept]]:
        assert self.folder is not None
        uids = numbers_in(wanted, last=max((kept.uid for kept in self.folder), default=0))
        return [(at, kept) for at, kept in enumerate(self.folder, 1) if uids(kept.uid)]

    async def _say(self, *lines: str) -> None:
        for line in lines:
            self.writer.write(line.encode("latin-1", "replace") + b"\r\n")
        await self.writer.drain()
