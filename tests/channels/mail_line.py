"""A desk whose email account sends to a running simulator and reads its mailbox by IMAP, over real sockets."""

import asyncio
import smtplib
import ssl
from dataclasses import dataclass, replace
from typing import Any

from channels.accounts import READ_MAILBOX, add_account
from channels.mailbox_reading import MailboxReader
from channels.message_store import Message, messages_of_thread
from channels.outbox import Outbox
from channels.port import Content
from channels.provider_pool import ProviderPool
from channels.providers.smtp import SmtpProvider
from core import work
from core.clock import utc_now
from core.database import Database
from tests.channels.conftest import BASE_URL, EMAIL, Desk
from tests.simulator.harness import SMTP_PASSWORD, SMTP_USER, Simulator

US = "pay@acme.example"
AUTHSERV_ID = "mx.simulator.example"


@dataclass(frozen=True)
class MailLine:
    desk: Desk
    simulator: Simulator
    pool: ProviderPool
    imap_port: int

    def reader(self, database: Database | None = None) -> MailboxReader:
        """One worker's."""
        return MailboxReader(
            database or self.desk.database, self.desk.vault, self.pool, self.desk.clock
        )

    async def set_up(self, **changes: Any) -> None:
        """The account's settings; `changes` are the mailbox's."""
        ca_file = str(self.simulator.certificate)
        login = {"username": SMTP_USER, "password": SMTP_PASSWORD, "ca_file": ca_file}
        imap = {"host": "127.0.0.1", "port": self.imap_port, "authserv_id": AUTHSERV_ID} | login
        config = {
            "host": "127.0.0.1",
            "port": self.simulator.smtp_port,
            "security": "starttls",
            "from": US,
            "imap": imap | changes,
            **login,
        }
        async with self.desk.database.transaction() as session:
            await add_account(
                session,
                self.desk.vault,
                merchant=self.desk.merchant.id,
                channel="email",
                provider="smtp",
                config=config,
                account_id=self.desk.accounts["email"].id,
                now=self.desk.clock(),
            )

    async def claim(self) -> list[work.Work]:
        async with self.desk.database.transaction() as session:
            return await work.claim(
                session, kinds=[READ_MAILBOX], now=self.desk.clock(), lease_seconds=60, limit=5
            )

    async def look(self) -> None:
        """A worker's look, at the time when it is due."""
        async with self.desk.database.snapshot() as session:
            due_at = await work.next_due(session, kinds=[READ_MAILBOX])
        assert due_at is not None
        self.desk.clock.set(max(self.desk.clock(), due_at))
        [job] = await self.claim()
        await self.reader().read(job)

    async def planned_in(self) -> float:
        """Seconds until the next look."""
        async with self.desk.database.snapshot() as session:
            due_at = await work.next_due(session, kinds=[READ_MAILBOX])
        assert due_at is not None
        return (due_at - self.desk.clock()).total_seconds()

    async def write(self, text: str, *, sender: str = EMAIL, **more: str) -> None:
        """The customer types a mail to us."""
        asked = {"channel": "email", "from": sender, "to": US, "text": text, **more}
        answer = await asyncio.to_thread(self.simulator.post, "/api/messages", asked)
        assert answer.status_code == 201, answer.text

    async def post(self, raw: str, *, to: str = US) -> None:
        """Somebody's mail, from anywhere."""
        await asyncio.to_thread(self._post, raw.replace("\n", "\r\n"), to)

    def _post(self, raw: str, to: str) -> None:
        with smtplib.SMTP("127.0.0.1", self.simulator.smtp_port, timeout=5) as client:
            client.starttls(
                context=ssl.create_default_context(cafile=str(self.simulator.certificate))
            )
            client.sendmail("anybody@example.net", [to], raw.encode())

    async def faults(self, **which: int) -> None:
        await asyncio.to_thread(self.simulator.post, "/api/faults", which)

    async def send(self, to: str = EMAIL) -> Message:
        """A mail of ours that left."""
        message = await self.desk.queue(
            channel="email", to=to, content=Content("Pay here", "Pay £49.99")
        )
        outbox = Outbox(
            self.desk.database,
            self.desk.vault,
            self.pool,
            base_url=BASE_URL,
            clock=self.desk.clock,
        )
        await replace(self.desk, outbox=outbox).drain()
        return message

    async def heard(self) -> list[Message]:
        """What came in, oldest first."""
        received = await self.desk.events("message.received")
        return [await self.desk.message(each.data["message"]) for each in received]

    async def thread(self, conversation: str) -> list[Message]:
        async with self.desk.database.snapshot() as session:
            return await messages_of_thread(
                session,
                self.desk.vault,
                merchant=self.desk.merchant.id,
                conversation=conversation,
                before=None,
                limit=50,
            )


async def open_line(desk: Desk, simulator: Simulator) -> MailLine:
    port = simulator.with_mailbox(US)
    await asyncio.to_thread(simulator.start)
    # The far end has a calendar of its own.
    desk.clock.set(utc_now())
    line = MailLine(
        desk, simulator, ProviderPool({"smtp": SmtpProvider.from_config}, desk.vault), port
    )
    await line.set_up()
    return line
