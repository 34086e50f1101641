"""A stretch of the journal as one signed file that anybody can check without us.

JSON lines (https://jsonlines.org): what it is and the public key; each entry in order, none left out; the sum. The
signature is Ed25519 (RFC 8032) over the format's name, a line feed, and the SHA-256 in hex of every byte before the
last line. A file that broke off has no last line. Each entry names the hash of the one before, so that none can be
taken out of the middle; the hashes themselves are keyed and are checked by `journal verify`.

ExportUnsound   a file is no export, or not as it was written
"""

import base64
import hashlib
import json
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from compliance.journal.entry import journal_entries
from compliance.journal.facts import position_at
from compliance.journal.read import Reader
from compliance.journal.search import evidence
from compliance.journal.write import JOURNAL_KEY
from compliance.vault import Vault
from core.clock import rfc3339
from core.database import Database, Session
from core.database.schema import canonical_json
from core.errors import Kind, PaythreadError

FORMAT: Final = "paythread-journal/1"
_PURPOSE: Final = b"paythread journal export ed25519"
_PAGE: Final = 500
_COLUMNS: Final = journal_entries.c


class ExportUnsound(PaythreadError):
    """The file is no export, broke off, or is not as it was signed; the sentence says which."""

    code = "export_unsound"
    kind = Kind.INVALID


@dataclass(frozen=True, slots=True)
class Stretch:
    """The entries that were written from `since` on and before `until`; None is no limit. `first` to `last`."""

    merchant: str
    since: datetime | None
    until: datetime | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What a sound file says of itself; `public_key` is what it was signed with, in base64."""

    merchant: str
    made_at: str
    first: int | None
    last: int | None
    entries: int
    public_key: str


async def signing_key(
    session: Session, vault: Vault, merchant: str, *, now: datetime
) -> Ed25519PrivateKey:
    """The merchant's own, derived from the journal's key: it outlives rotations of the master key."""
    key = await vault.key(session, merchant, JOURNAL_KEY, now=now)
    derived = HKDF(hashes.SHA256(), length=32, salt=None, info=_PURPOSE).derive(key.secret)
    return Ed25519PrivateKey.from_private_bytes(derived)


def public_text(key: Ed25519PrivateKey) -> str:
    """The public half in base64, 44 characters."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


async def stretch(
    session: Session, merchant: str, *, since: datetime | None, until: datetime | None
) -> Stretch:
    """Where the entries written in this time begin and end."""
    highest = sa.select(sa.func.max(_COLUMNS.position)).where(_COLUMNS.merchant == merchant)
    last = (await session.scalar(highest) or 0) + 1
    first = 1 if since is None else await position_at(session, merchant, since)
    if until is not None:
        last = min(last, await position_at(session, merchant, until))
    return Stretch(merchant, since, until, first, last - 1)


async def export(
    database: Database,
    reader: Reader,
    key: Ed25519PrivateKey,
    what: Stretch,
    *,
    by: str,
    now: datetime,
) -> AsyncIterator[bytes]:
    """The file, a page at a time. Its length is bounded by the stretch alone."""
    told = hashlib.sha256()
    head = {
        "format": FORMAT,
        "merchant": what.merchant,
        "from": None if what.since is None else rfc3339(what.since),
        "to": None if what.until is None else rfc3339(what.until),
        "made_at": rfc3339(now),
        "made_by": by,
        "public_key": public_text(key),
    }
    piece = _line(head)
    told.update(piece)
    yield piece
    count, after = 0, what.first - 1
    while after < what.last:
        async with database.snapshot() as session:
            rows = await session.all(
                sa.select(journal_entries)
                .where(
                    _COLUMNS.merchant == what.merchant,
                    _COLUMNS.position > after,
                    _COLUMNS.position <= what.last,
                )
                .order_by(_COLUMNS.position)
                .limit(_PAGE)
            )
            lines = [_line(await evidence(session, reader, row)) for row in rows]
        if not rows:
            break
        piece = b"".join(lines)
        told.update(piece)
        yield piece
        count += len(rows)
        after = rows[-1]["position"]
    digest = told.hexdigest()
    yield _line(
        {"entries": count, "sha256": digest, "signature": _base64(key.sign(_signed(digest)))}
    )


def check(lines: Iterable[bytes], *, public_key: str | None = None) -> Checked:
    """Reads a file line by line. `public_key` is the one that is trusted; None believes the file's own.

    Raises `ExportUnsound`.
    """
    told, head, tail = hashlib.sha256(), None, None
    first: int | None = None
    before: Mapping[str, Any] | None = None
    count = 0
    for number, line in enumerate(lines, start=1):
        found = _read(line, number)
        if tail is not None:
            raise ExportUnsound(f"Line {number}: there is more after the signature.")
        if number == 1:
            head = _head(found)
        elif "signature" in found and "hash" not in found:
            tail = found
            continue
        else:
            _follows(before, found, number)
            before, count = found, count + 1
            first = found["position"] if first is None else first
        told.update(line)
    if head is None:
        raise ExportUnsound("The file is empty.")
    if tail is None:
        raise ExportUnsound("The file broke off: it has no signature.")
    if public_key is not None and head["public_key"] != public_key:
        raise ExportUnsound("It was signed with another key than the one that is trusted.")
    if tail.get("sha256") != told.hexdigest() or tail.get("entries") != count:
        raise ExportUnsound("The file was changed after it was signed.")
    _check_signature(head["public_key"], tail.get("signature"), told.hexdigest())
    last = None if before is None else before["position"]
    return Checked(head["merchant"], head["made_at"], first, last, count, head["public_key"])


def _read(line: bytes, number: int) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not line.endswith(b"\n"):
        raise ExportUnsound(f"Line {number} is no whole line of an export.")
    return found


def _head(found: dict[str, Any]) -> dict[str, Any]:
    texts = [found.get(name) for name in ("merchant", "made_at", "public_key")]
    if found.get("format") != FORMAT or not all(isinstance(text, str) for text in texts):
        raise ExportUnsound(f"The first line is not that of a {FORMAT} file.")
    return found


def _follows(before: Mapping[str, Any] | None, found: Mapping[str, Any], number: int) -> None:
    if type(found.get("position")) is not int or not isinstance(found.get("hash"), str):
        raise ExportUnsound(f"Line {number} is no entry.")
    if before is not None and (
        found["position"] != before["position"] + 1 or found.get("previous_hash") != before["hash"]
    ):
        raise ExportUnsound(f"Line {number} does not follow the entry before it.")


def _check_signature(public_key: str, signature: object, digest: str) -> None:
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(str(signature), validate=True), _signed(digest))
    except (ValueError, InvalidSignature):
        raise ExportUnsound("The signature does not hold.") from None


def _signed(digest: str) -> bytes:
    return f"{FORMAT}\n{digest}".encode()


def _line(value: Mapping[str, Any]) -> bytes:
    return f"{canonical_json(value)}\n".encode()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
