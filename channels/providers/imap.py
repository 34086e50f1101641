"""Reads a mailbox by IMAP (RFC 3501) over TLS (RFC 8314): only what is new, and never deletes or moves a mail.

`imaplib` waits for each answer, so it runs in a thread; every look is bounded in mails, in bytes and in time.
Mails are fetched with BODY.PEEK and marked as seen afterwards, which is all that changes: how far we have read
is our own matter (`channels.mailboxes`), because other programs set and clear that mark too.
"""

import asyncio
import imaplib
import ipaddress
import re
import socket
import ssl
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from channels.port import MailboxPlace, MailboxUnusable, MailRead
from channels.providers.config import ProviderConfig
from channels.providers.mail_inbound import read_raw

MAILS_MAX: Final = 20
# Of a longer mail only so much is read: its beginning, which holds the words; files come after them.
MAIL_BYTES_MAX: Final = 1 << 20
_LOOK_BYTES_MAX: Final = 8 << 20
_LOOK_SECONDS_MAX: Final = 25
_ANSWER_SECONDS_MAX: Final = 10
_UIDS_MAX: Final = 1 << 32
# Threads of their own: a slow mailbox must not keep anything else waiting.
_LOOKS: Final = ThreadPoolExecutor(max_workers=8, thread_name_prefix="imap")
_UID: Final = re.compile(rb"\bUID (\d{1,10})\b")
_SIZE: Final = re.compile(rb"\bRFC822\.SIZE (\d{1,19})\b")
# Not strftime's: IMAP's months are English whatever the machine speaks (RFC 3501, `date-month`).
_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
_Plain = Annotated[str, StringConstraints(pattern=r"^[\x20-\x7e]{1,254}$")]


class ImapConfig(ProviderConfig):
    """`{"host", "port"?, "security"?, "username", "password", "folder"?, "ca_file"?, "authserv_id"?, "poll_seconds"?}`.

    `security` is `tls`, from the first byte, or `none`, on this machine alone. `authserv_id` is the name under
    which the merchant's own receiving server writes Authentication-Results (RFC 8601). A folder whose name is
    not ASCII is named as IMAP names it (RFC 3501, 5.1.3).
    """

    host: _Plain
    port: int = Field(default=993, ge=1, le=65535)
    security: Literal["tls", "none"] = "tls"
    username: _Plain
    password: _Plain
    folder: _Plain = "INBOX"
    ca_file: _Plain | None = None
    authserv_id: _Plain | None = None
    poll_seconds: int = Field(default=20, ge=1, le=3600)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.security == "none" and not is_loopback(self.host):
            raise ValueError("a mailbox is only read over TLS")
        return self


class ImapMailbox:
    """One mailbox. A connection a look: a look comes seldom, and servers close idle ones."""

    def __init__(self, config: ImapConfig, sender: str) -> None:
        """`sender` is the address that the merchant's own mails come from."""
        self._config = config
        self._sender = sender
        self._open: set[imaplib.IMAP4] = set()

    async def read(
        self, place: MailboxPlace | None, *, since: datetime
    ) -> tuple[MailboxPlace, Sequence[MailRead]]:
        """See `MailReading.read_mailbox`."""
        return await self._in_thread(place, since)

    async def check(self) -> str | None:
        """Logs in and opens the folder; what is wrong, in a sentence, or None."""
        try:
            await self._in_thread(None, None)
        except MailboxUnusable as error:
            return error.detail
        return None

    def close(self) -> None:
        """Cuts the looks that go on: what they have read is read again."""
        for connection in list(self._open):
            _cut(connection.socket())

    async def _in_thread(
        self, place: MailboxPlace | None, since: datetime | None
    ) -> tuple[MailboxPlace, Sequence[MailRead]]:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_LOOKS, self._guarded, place, since)

    def _guarded(
        self, place: MailboxPlace | None, since: datetime | None
    ) -> tuple[MailboxPlace, Sequence[MailRead]]:
        config = self._config
        where = f"The mailbox at {config.host}:{config.port}"
        try:
            connection = _open(config)
        except (imaplib.IMAP4.error, OSError, ValueError) as error:
            raise MailboxUnusable(f"{where} does not answer: {type(error).__name__}.") from None
        self._open.add(connection)
        try:
            try:
                connection.login(_quoted(config.username), config.password)
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error:
                raise MailboxUnusable(f"{where} does not let us in: wrong login.") from None
            return self._look(connection, place, since)
        except (imaplib.IMAP4.error, OSError, ValueError) as error:
            raise MailboxUnusable(f"{where} breaks off: {type(error).__name__}.") from None
        finally:
            self._open.discard(connection)
            # What was read is read, whether or not the server says goodbye.
            with suppress(imaplib.IMAP4.error, OSError):
                connection.logout()

    def _look(
        self, connection: imaplib.IMAP4, place: MailboxPlace | None, since: datetime | None
    ) -> tuple[MailboxPlace, Sequence[MailRead]]:
        answer, _ = connection.select(_quoted(self._config.folder))
        if answer != "OK":
            raise MailboxUnusable(f"The mailbox has no folder {self._config.folder}.")
        validity = _number(connection, "UIDVALIDITY")
        if validity is None:
            raise MailboxUnusable("The mailbox does not say which numbers its mails have.")
        if since is None:
            return MailboxPlace(validity, 0), ()
        if place is not None and place.uid_validity == validity:
            found = self._search(connection, f"UID {place.uid_last + 1}:*")
            # `n:*` names the last mail as well when all are older (RFC 3501, 6.4.8).
            wanted = [uid for uid in found if uid > place.uid_last]
        else:
            day = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
            wanted = self._search(connection, f"SINCE {day}")
            ahead = wanted[0] if wanted else _number(connection, "UIDNEXT") or 1
            place = MailboxPlace(validity, ahead - 1)
        return place, self._fetched(connection, validity, wanted[:MAILS_MAX]) if wanted else ()

    def _search(self, connection: imaplib.IMAP4, criterion: str) -> list[int]:
        return _uids(_done(connection.uid("SEARCH", criterion)))

    def _fetched(
        self, connection: imaplib.IMAP4, validity: int, uids: Sequence[int]
    ) -> list[MailRead]:
        sizes = _sizes(_done(connection.uid("FETCH", _list(uids), "(UID RFC822.SIZE)")))
        read: list[MailRead] = []
        left = _LOOK_BYTES_MAX
        for uid in uids:
            place = MailboxPlace(validity, uid)
            if left <= 0:
                break
            raw = _raw(
                _done(connection.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{MAIL_BYTES_MAX}>)"))
            )
            left -= len(raw or b"")
            # None: somebody has deleted it since.
            tells = raw and read_raw(
                raw,
                sender=self._sender,
                authserv_id=self._config.authserv_id,
                cut=sizes.get(uid, 0) > MAIL_BYTES_MAX,
            )
            read.append(MailRead(place, tells or None))
        if read:
            # A mailbox that may only be read says NO; it is no less read for that.
            with suppress(imaplib.IMAP4.readonly):
                seen = _list([each.place.uid_last for each in read])
                connection.uid("STORE", seen, "+FLAGS.SILENT", r"(\Seen)")
        return read


class _Bounded:
    """Keeps a server from holding us: a look has an end, and an answer a size. Mixed into `imaplib`'s clients."""

    _end: threading.Timer | None = None

    def open(self, *where: object, **more: object) -> None:
        super().open(*where, **more)  # type: ignore[misc]
        # However slowly the bytes drip.
        self._end = threading.Timer(_LOOK_SECONDS_MAX, _cut, [self.socket()])  # type: ignore[attr-defined]
        self._end.daemon = True
        self._end.start()

    def read(self, size: int) -> bytes:
        if size > 2 * MAIL_BYTES_MAX:
            raise imaplib.IMAP4.abort("more than was asked for")
        found: bytes = super().read(size)  # type: ignore[misc]
        return found

    def shutdown(self) -> None:
        if self._end is not None:
            self._end.cancel()
        super().shutdown()  # type: ignore[misc]


class _Plainly(_Bounded, imaplib.IMAP4):
    """On this machine."""


class _OverTls(_Bounded, imaplib.IMAP4_SSL):
    """Everywhere else; the server's certificate is verified."""


def _open(config: ImapConfig) -> imaplib.IMAP4:
    if config.security == "none":
        return _Plainly(config.host, config.port, timeout=_ANSWER_SECONDS_MAX)
    context = ssl.create_default_context(cafile=config.ca_file)
    return _OverTls(config.host, config.port, ssl_context=context, timeout=_ANSWER_SECONDS_MAX)


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _done(answered: tuple[str, list[object]]) -> list[object]:
    kind, data = answered
    if kind != "OK":
        raise MailboxUnusable("The mailbox does not do what every mailbox does.")
    return data


def _number(connection: imaplib.IMAP4, name: str) -> int | None:
    _, said = connection.response(name)
    found = said[-1] if said else None
    number = int(found) if isinstance(found, bytes) and found.isdigit() else None
    return number if number is not None and 0 < number < _UIDS_MAX else None


def _uids(data: Sequence[object]) -> list[int]:
    """Ascending, as they came in."""
    said = b" ".join(each for each in data if isinstance(each, bytes))
    return sorted({int(each) for each in said.split() if each.isdigit() and len(each) <= 10})


def _sizes(data: Sequence[object]) -> dict[int, int]:
    found = {}
    for each in data:
        if isinstance(each, bytes):
            uid, size = _UID.search(each), _SIZE.search(each)
            if uid and size:
                found[int(uid[1])] = int(size[1])
    return found


def _raw(data: Sequence[object]) -> bytes | None:
    for each in data:
        if isinstance(each, tuple) and len(each) == 2 and isinstance(each[1], bytes):
            return each[1]
    return None


def _list(uids: Sequence[int]) -> str:
    return ",".join(str(uid) for uid in uids)


def _quoted(said: str) -> str:
    """A quoted string (RFC 3501, 4.3)."""
    escaped = said.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def is_loopback(host: str) -> bool:
    """Whether that is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
