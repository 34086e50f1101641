"""Email by SMTP submission (RFC 5321, RFC 6409), with TLS from the start (RFC 8314), STARTTLS or neither.

A message's Message-ID is made from its delivery, so the same delivery given twice is the same message to
every mailbox that looks, and a resend after a crash is safe. SMTP itself cannot be asked what it took, and
reports nothing later; Mailgun does by webhook, where the account has its signing key (`mailgun`), and the
mailbox that answers and bounces come to can be read by IMAP (`imap`).
"""

import ssl
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Annotated, Any, Final, Literal, Self

import aiosmtplib
from pydantic import Field, StringConstraints, model_validator

from channels import problems
from channels.addresses import normalise, wire_email
from channels.catalogue import AddressKind
from channels.port import (
    Accepted,
    Acknowledgement,
    CallbackForged,
    CallbackRequest,
    Inbound,
    MailboxPlace,
    MailRead,
    NotSent,
    Outcome,
    Outgoing,
    Receipt,
    Refused,
    Search,
    Uncertain,
    Unsupported,
)
from channels.providers.config import ProviderConfig, read_config
from channels.providers.imap import ImapConfig, ImapMailbox, is_loopback
from channels.providers.mail_headers import thread_lines, unsubscribe_lines
from channels.providers.mailgun import read_callback
from core.clock import Clock, utc_now
from core.errors import InvalidField

# Quoted-printable and base64 pass every server, also one without 8BITMIME.
_POLICY: Final = SMTP.clone(cte_type="7bit")
_NonEmpty = Annotated[str, StringConstraints(min_length=1, max_length=254)]
# RFC 5321 4.2.1: 421 closes the channel, other 4yz may be tried again, 5yz may not.
_PERMANENT_FROM: Final = 500
_MAILBOX_CODES: Final = frozenset({550, 551, 553})
# RFC 4954: the server wants a login, or will not take ours.
_LOGIN_CODES: Final = frozenset({530, 534, 535, 538})


class SmtpConfig(ProviderConfig):
    """`{"host", "port", "security", "from", "username"?, "password"?, "ca_file"?, "timeout_seconds"?, …}`.

    `security` is `tls` (from the first byte), `starttls` (required, never fallen back from) or `none`, which
    takes no login except on this machine.
    """

    host: _NonEmpty
    port: int = Field(ge=1, le=65535)
    security: Literal["starttls", "tls", "none"]
    sender: _NonEmpty = Field(alias="from")
    username: _NonEmpty | None = None
    password: _NonEmpty | None = None
    ca_file: _NonEmpty | None = None
    timeout_seconds: int = Field(default=15, ge=1, le=25)
    mailgun_signing_key: _NonEmpty | None = None
    imap: ImapConfig | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.username is None) != (self.password is None):
            raise ValueError("username and password go together")
        if self.security == "none" and self.username is not None and not is_loopback(self.host):
            raise ValueError("a login is only sent over TLS")
        try:
            normalise(AddressKind.EMAIL, self.sender, country="ZZ", pointer="/from")
        except InvalidField:
            raise ValueError("from is one email address") from None
        return self


class SmtpProvider:
    """One SMTP account. A connection a message: submission servers close idle ones soon."""

    # Mailgun sends again what is answered by anything but 200.
    acknowledgement: Acknowledgement = Acknowledgement(200)

    def __init__(self, config: SmtpConfig, clock: Clock = utc_now) -> None:
        self._config = config
        self._clock = clock
        self._sender = wire_email(config.sender)
        self._domain = self._sender.rpartition("@")[2]
        self._mailbox = None if config.imap is None else ImapMailbox(config.imap, self._sender)

    @classmethod
    def from_config(cls, config: Mapping[str, Any], clock: Clock = utc_now) -> Self:
        """Raises `AccountConfigInvalid`."""
        return cls(read_config(SmtpConfig, config), clock)

    async def send(self, outgoing: Outgoing) -> Outcome:
        """See `Provider.send`. The message is the provider's once it answered 250 to the final dot."""
        try:
            message = self._message(outgoing)
            to = wire_email(outgoing.to)
        except ValueError:  # also email-validator's errors, and headers that would break a line
            return Refused(problems.INVALID_CONTENT)
        client = self._client()
        try:
            return await self._give(client, to, message) or Accepted(
                self._message_id(outgoing.delivery)
            )
        finally:
            client.close()  # also when we are told to stop waiting

    async def find(self, outgoing: Outgoing, *, since: datetime, known: frozenset[str]) -> Search:
        """SMTP has no such question; the same Message-ID makes the repetition harmless."""
        return Unsupported(resend_is_safe=True)

    def parse_callback(self, request: CallbackRequest) -> list[Receipt | Inbound]:
        """SMTP itself calls nobody back, so whoever calls is Mailgun with its proof, or somebody else."""
        key = self._config.mailgun_signing_key
        if key is None:
            raise CallbackForged
        return read_callback(request, signing_key=key, sender=self._sender, now=self._clock())

    @property
    def mailbox_poll_seconds(self) -> int | None:
        """See `MailReading`."""
        return None if self._config.imap is None else self._config.imap.poll_seconds

    async def read_mailbox(
        self, place: MailboxPlace | None, *, since: datetime
    ) -> tuple[MailboxPlace, Sequence[MailRead]]:
        """See `MailReading`."""
        assert self._mailbox is not None, "nobody looks where there is no mailbox"
        return await self._mailbox.read(place, since=since)

    async def check(self) -> str | None:
        """Connects and logs in, here and at the mailbox; sends and reads nothing."""
        trouble = await self._check_sending()
        if trouble is None and self._mailbox is not None:
            return await self._mailbox.check()
        return trouble

    async def _check_sending(self) -> str | None:
        config, client = self._config, self._client()
        try:
            await client.connect()
            await client.noop()
            await _leave(client)
        except (aiosmtplib.SMTPException, OSError) as error:
            where, why = f"{config.host}:{config.port}", type(error).__name__
            return f"The mail server at {where} does not let us in: {why}."
        finally:
            client.close()
        return None

    async def close(self) -> None:
        """No connection is kept open, but a look into the mailbox may be going on."""
        if self._mailbox is not None:
            self._mailbox.close()

    def _client(self) -> aiosmtplib.SMTP:
        config = self._config
        context = None
        if config.security != "none":
            context = ssl.create_default_context(cafile=config.ca_file)
        return aiosmtplib.SMTP(
            hostname=config.host,
            port=config.port,
            use_tls=config.security == "tls",
            start_tls=config.security == "starttls",
            tls_context=context,
            username=config.username,
            password=config.password,
            timeout=config.timeout_seconds,
            local_hostname=self._domain,
        )

    async def _give(self, client: aiosmtplib.SMTP, to: str, message: bytes) -> Outcome | None:
        """None once the server has taken the message. Connecting includes STARTTLS and the login."""
        try:
            await client.connect()
            await client.mail(self._sender)
            await client.rcpt(to)
        except (aiosmtplib.SMTPException, OSError) as error:
            return _before_data(error)
        try:
            await client.data(message)
        except aiosmtplib.SMTPResponseException as error:
            return _answered(error.code)
        except (aiosmtplib.SMTPException, OSError) as error:
            return Uncertain(type(error).__name__)
        await _leave(client)
        return None

    def _message(self, outgoing: Outgoing) -> bytes:
        """multipart/alternative (RFC 2046), text first. Raises ValueError for a header that does not hold."""
        message = EmailMessage(policy=_POLICY)
        message["From"] = Address(outgoing.sender_name, addr_spec=self._sender)
        message["To"] = Address(addr_spec=wire_email(outgoing.to))
        message["Subject"] = outgoing.content.subject or outgoing.sender_name
        message["Date"] = format_datetime(outgoing.at)
        message["Message-ID"] = self._message_id(outgoing.delivery)
        message.set_content(outgoing.content.text)
        if outgoing.content.html is not None:
            message.add_alternative(outgoing.content.html, subtype="html")
        lines = thread_lines(outgoing.reply_to) + unsubscribe_lines(outgoing.unsubscribe_url)
        return lines + message.as_bytes()

    def _message_id(self, delivery: str) -> str:
        return f"<{delivery}@{self._domain}>"


def _before_data(error: Exception) -> Outcome:
    """Until DATA nothing was handed over, so nothing was sent."""
    match error:
        case aiosmtplib.SMTPAuthenticationError(code=code) if code >= _PERMANENT_FROM:
            return Refused(problems.CHANNEL_MISCONFIGURED, str(code))
        case aiosmtplib.SMTPRecipientRefused(code=code) if code in _MAILBOX_CODES:
            return Refused(problems.INVALID_ADDRESS, str(code))
        case aiosmtplib.SMTPConnectResponseError() | aiosmtplib.SMTPHeloError():
            return NotSent(problems.PROVIDER_UNREACHABLE)
        case aiosmtplib.SMTPSenderRefused(code=code) if code >= _PERMANENT_FROM:
            return Refused(problems.CHANNEL_MISCONFIGURED, str(code))
        case aiosmtplib.SMTPResponseException(code=code):
            return _answered(code)
    return NotSent(problems.PROVIDER_UNREACHABLE)


def _answered(code: int) -> Outcome:
    if code in _LOGIN_CODES:
        return Refused(problems.CHANNEL_MISCONFIGURED, str(code))
    if code >= _PERMANENT_FROM:
        return Refused(problems.REFUSED, str(code))
    return NotSent(problems.PROVIDER_UNREACHABLE)


async def _leave(client: aiosmtplib.SMTP) -> None:
    """What the server took it has taken, whether or not it says goodbye."""
    try:
        await client.quit()
    except (aiosmtplib.SMTPException, OSError):
        client.close()
