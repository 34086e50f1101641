"""The SMTP server in front of the mailbox (RFC 5321; STARTTLS: RFC 3207; AUTH: RFC 4954)."""

from __future__ import annotations

import asyncio
import hmac
import logging
import secrets
import ssl
from collections.abc import Callable

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from channels.simulator.addresses import is_email
from channels.simulator.clock import now_ms
from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel, Direction, Message, Origin, Status
from channels.simulator.networks.email.bounces import bounce_of, bounces
from channels.simulator.networks.email.mailbox import MerchantMailbox
from channels.simulator.networks.email.mime import Mail, read_mail

SIZE_BYTES_MAX = 5 * 1024 * 1024
RECIPIENTS_MAX = 100
CONNECTIONS_MAX = 100
IDLE_SECONDS_MAX = 60

log = logging.getLogger(__name__)


async def start_smtp(
    exchange: Exchange, tls: ssl.SSLContext, mailbox: MerchantMailbox | None = None
) -> asyncio.Server:
    """Listens for mail on the loop that calls; the answer is the server, to be closed by the caller."""
    handler = Mailbox(exchange, mailbox)
    open_connections: set[_Connection] = set()

    def connection() -> _Connection:
        return _Connection(handler, exchange, tls, open_connections)

    loop = asyncio.get_running_loop()
    return await loop.create_server(connection, exchange.options.host, exchange.options.smtp_port)


class _Connection(SMTP):
    """One client; turned away when too many are here already."""

    def __init__(
        self, handler: Mailbox, exchange: Exchange, tls: ssl.SSLContext, others: set[_Connection]
    ) -> None:
        options = exchange.options
        self._others = others
        super().__init__(
            handler,
            data_size_limit=SIZE_BYTES_MAX,
            enable_SMTPUTF8=True,
            hostname="localhost",
            ident="Paythread simulated mailbox",
            tls_context=tls,
            timeout=IDLE_SECONDS_MAX,
            auth_required=options.smtp_auth_required,
            auth_require_tls=True,
            authenticator=_authenticator(options.smtp_user, options.smtp_password),
            loop=asyncio.get_running_loop(),
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # STARTTLS makes the same connection anew, so a set and not a count.
        if self not in self._others and len(self._others) >= CONNECTIONS_MAX:
            transport.close()
            return
        self._others.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._others.discard(self)
        super().connection_lost(error)


Authenticator = Callable[[SMTP, Session, Envelope, str, object], AuthResult]


def _authenticator(user: str | None, password: str | None) -> Authenticator:
    def check(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        del server, session, envelope, mechanism
        if user is None or password is None or not isinstance(data, LoginPassword):
            return AuthResult(success=False, handled=False)
        right_user = hmac.compare_digest(data.login, user.encode())
        right_password = hmac.compare_digest(data.password, password.encode())
        return AuthResult(success=right_user and right_password, handled=False)

    return check


class Mailbox:
    """Takes every mail for every address, unless a fault says otherwise."""

    def __init__(self, exchange: Exchange, merchant: MerchantMailbox | None) -> None:
        self._exchange = exchange
        self._merchant = merchant

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session
        if not is_email(address):
            return "553 5.1.3 This is not a mail address"
        if len(envelope.rcpt_tos) >= RECIPIENTS_MAX:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 Recipient taken"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        del server, session
        exchange, channel = self._exchange, Channel.EMAIL
        await exchange.drag(channel)
        if exchange.faults.strikes("fail", channel):
            return "451 4.3.0 The mailbox is not available now, try again later"
        if exchange.faults.strikes("reject", channel):
            return "550 5.7.1 This message is refused"
        content = envelope.content
        raw = content if isinstance(content, bytes) else (content or "").encode()
        mail = read_mail(raw)
        customers = [
            each
            for each in dict.fromkeys(envelope.rcpt_tos)
            if not self._deal_with(each, raw, sender=envelope.mail_from or "")
        ]
        kept = [
            exchange.keep(_message(mail, sender=envelope.mail_from or "", recipient=recipient))
            for recipient in customers
        ]
        log.info("mail.received ids=%s", ",".join(message.id for message in kept))
        if exchange.faults.strikes("timeout_after", channel):
            await exchange.fall_silent()
        return f"250 2.0.0 Queued as {kept[0].id if kept else 'mail'}"

    def _deal_with(self, recipient: str, raw: bytes, *, sender: str) -> bool:
        """True for what no customer sees: the merchant's own mail, and what comes back to it."""
        if self._merchant is None:
            return False
        now = now_ms()
        if recipient.lower() == (self._exchange.options.merchant_mail or "").lower():
            # It came from anywhere, so this server vouches for nobody.
            self._merchant.put(raw, vouched_for=False, now=now)
            return True
        if bounces(recipient):
            report = bounce_of(raw, recipient=recipient, sender=sender, now=now)
            self._merchant.put(report, vouched_for=False, now=now)
            return True
        return False


def _message(mail: Mail, *, sender: str, recipient: str) -> Message:
    now = now_ms()
    return Message(
        id=f"EM{secrets.token_hex(16)}",
        channel=Channel.EMAIL,
        direction=Direction.TO_CUSTOMER,
        origin=Origin.API,
        sender=mail.sender or (sender if is_email(sender) else ""),
        sender_name=mail.sender_name,
        recipient=recipient,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        headers=mail.headers,
        images=mail.images,
        status=Status.DELIVERED,
        created_at=now,
        sent_at=now,
    )
