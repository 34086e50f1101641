"""The vault: seals personal data, each subject under a key of its own.

A data key belongs to one (merchant, subject), mostly a customer, and is itself wrapped by the master
key. Destroying the data key makes everything sealed under it unreadable at once, wherever copies are.
AES-256-GCM (NIST SP 800-38D) with 96-bit random nonces; the purpose is bound in as associated data, so a sealed
phone number cannot be passed off as a name.

Sealed text: `v1.{key id}.{base64url(nonce + ciphertext)}`.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from compliance.master_keys import KEY_BYTES, MasterKey, MasterKeys, MasterKeyUnusable
from core.aging import MONOTONIC, Aging, Ticks
from core.database import Prepared, Row, Session, UtcDateTime, metadata
from core.database.prepared import Upsert
from core.errors import Kind, PaythreadError
from core.ids import new_id

_NONCE_BYTES: Final = 12
_CACHE_MAX: Final = 10_000
# How long after an erasure another process may still read what was erased.
CACHED_SECONDS: Final = 60
# The merchant of keys that belong to the whole installation (link tokens are looked up before we know whose).
SYSTEM: Final = "system"

vault_keys = sa.Table(
    "vault_keys",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("subject", sa.String(40), nullable=False),
    sa.Column("master_key_id", sa.String(16), nullable=False),
    sa.Column("wrapped", sa.Text, nullable=True),  # null once destroyed
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("destroyed_at", UtcDateTime, nullable=True),
    sa.UniqueConstraint("merchant", "subject"),
)

_OF_SUBJECT: Final = Prepared(
    sa.select(vault_keys).where(
        vault_keys.c.merchant == sa.bindparam("merchant"),
        vault_keys.c.subject == sa.bindparam("subject"),
    )
)
_BY_ID: Final = Prepared(sa.select(vault_keys).where(vault_keys.c.id == sa.bindparam("id")))


def _unless_there(insert: Upsert) -> sa.Executable:
    made: sa.Executable = insert(vault_keys).on_conflict_do_nothing(
        index_elements=["merchant", "subject"]
    )
    return made


_MAKE: Final = Prepared(_unless_there)


class KeyDestroyed(PaythreadError):
    """The subject was erased; nothing can be sealed for it any more."""

    code = "subject_erased"
    kind = Kind.GONE


@dataclass(frozen=True, slots=True, repr=False)
class DataKey:
    """An unwrapped data key; never logged, never stored."""

    id: str
    secret: bytes

    def mac(self, purpose: str, text: str) -> str:
        """A keyed hash (HMAC-SHA-256, hex) for looking up what is only stored sealed."""
        return hmac.new(self.secret, f"{purpose}\x00{text}".encode(), hashlib.sha256).hexdigest()


class _Ring:
    """Unwrapped keys at hand, for a while."""

    def __init__(self, ticks: Ticks) -> None:
        self.by_subject = Aging[tuple[str, str], DataKey](
            seconds=CACHED_SECONDS, most=_CACHE_MAX, ticks=ticks
        )
        self.by_id = Aging[str, DataKey](seconds=CACHED_SECONDS, most=_CACHE_MAX, ticks=ticks)

    def add(self, key: DataKey, subject: tuple[str, str] | None = None) -> None:
        self.by_id.put(key.id, key)
        if subject is not None:
            self.by_subject.put(subject, key)

    def drop(self, key_id: str, subject: tuple[str, str]) -> None:
        self.by_id.drop(key_id)
        self.by_subject.drop(subject)


class Vault:
    """Seals and opens. Keys are made on first use and cached unwrapped, in bounded caches.

    A key that a writing transaction read is its own until the commit: a rollback would leave the others a key
    that nobody stored. A key destroyed here is never cached again, not even by a reader whose snapshot is older.
    Other processes are told nothing, and need not be: no key is held for more than a minute after it was read, so that
    an erasure here reaches them all within one.
    """

    def __init__(self, masters: MasterKey | MasterKeys, *, ticks: Ticks = MONOTONIC) -> None:
        self._masters = MasterKeys(masters) if isinstance(masters, MasterKey) else masters
        self._ticks = ticks
        self._shared = _Ring(ticks)
        self._own: WeakKeyDictionary[Session, _Ring] = WeakKeyDictionary()
        self._destroyed: set[str] = set()

    async def key(self, session: Session, merchant: str, subject: str, *, now: datetime) -> DataKey:
        """The subject's key, made when there is none. Raises `KeyDestroyed` after an erasure."""
        own = self._own.get(session)
        cached = own.by_subject.get((merchant, subject)) if own is not None else None
        cached = cached or self._shared.by_subject.get((merchant, subject))
        if cached is not None:
            return cached
        found = await self._load(session, merchant, subject)
        if found is None and session.read_only:
            # Nothing was ever sealed or hashed for this subject, so a key that matches nothing is right.
            return DataKey("none", secrets.token_bytes(KEY_BYTES))
        if found is None:
            self._make(session, merchant, subject, now)
            found = await self._load(session, merchant, subject)
            assert found is not None
        self._remember(session, found, (merchant, subject))
        return found

    async def seal(
        self,
        session: Session,
        merchant: str,
        subject: str,
        text: str,
        *,
        purpose: str,
        now: datetime,
    ) -> str:
        """The sealed form of a text. Raises `KeyDestroyed`."""
        key = await self.key(session, merchant, subject, now=now)
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = AESGCM(key.secret).encrypt(nonce, text.encode(), purpose.encode())
        return f"v1.{key.id}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    async def open(self, session: Session, sealed: str | None, *, purpose: str) -> str | None:
        """The text again, or None when there was none or its key was destroyed."""
        if sealed is None:
            return None
        version, key_id, body = sealed.split(".", 2)
        assert version == "v1", "sealed by a later version"
        own = self._own.get(session)
        key = own.by_id.get(key_id) if own is not None else None
        key = key or self._shared.by_id.get(key_id) or await self._load_by_id(session, key_id)
        if key is None:
            return None
        raw = base64.urlsafe_b64decode(body)
        opened = AESGCM(key.secret).decrypt(
            raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode()
        )
        return opened.decode()

    async def destroy(
        self, session: Session, merchant: str, subject: str, *, now: datetime
    ) -> None:
        """Erases: what was sealed for the subject can never be read again, by anybody."""
        key_id = await session.scalar(
            sa.update(vault_keys)
            .where(vault_keys.c.merchant == merchant, vault_keys.c.subject == subject)
            .values(wrapped=None, destroyed_at=now)
            .returning(vault_keys.c.id)
        )
        if key_id is None:
            return
        own = self._own.get(session)
        if own is not None:
            own.drop(key_id, (merchant, subject))
        # Now, so that this transaction cannot use it; and again once it is final, for a reader that came between.
        self._shared.drop(key_id, (merchant, subject))
        session.after_commit.append(partial(self.forget, merchant, subject, key_id))

    def forget(self, merchant: str, subject: str, key_id: str) -> None:
        """Drops a destroyed key from the cache for good, and refuses to cache it again."""
        self._destroyed.add(key_id)
        self._shared.drop(key_id, (merchant, subject))

    def _remember(
        self, session: Session, key: DataKey, subject: tuple[str, str] | None = None
    ) -> None:
        if session.read_only:
            self._share(key, subject)
            return
        own = self._own.get(session)
        if own is None:
            own = self._own[session] = _Ring(self._ticks)
        own.add(key, subject)
        session.after_commit.append(partial(self._share, key, subject))

    def _share(self, key: DataKey, subject: tuple[str, str] | None) -> None:
        if key.id not in self._destroyed:
            self._shared.add(key, subject)

    def _make(self, session: Session, merchant: str, subject: str, now: datetime) -> None:
        key_id = new_id("vlt", now)
        master = self._masters.current
        session.put(
            _MAKE,
            id=key_id,
            merchant=merchant,
            subject=subject,
            master_key_id=master.id,
            wrapped=wrap(master, key_id, secrets.token_bytes(KEY_BYTES)),
            created_at=now,
        )

    async def _load(self, session: Session, merchant: str, subject: str) -> DataKey | None:
        row = await session.ask_one(_OF_SUBJECT, merchant=merchant, subject=subject)
        if row is None:
            return None
        if row["wrapped"] is None:
            raise KeyDestroyed("The personal data of this customer was erased.")
        return self._unwrap(row)

    async def _load_by_id(self, session: Session, key_id: str) -> DataKey | None:
        row = await session.ask_one(_BY_ID, id=key_id)
        if row is None or row["wrapped"] is None:
            return None
        key = self._unwrap(row)
        self._remember(session, key)
        return key

    def _unwrap(self, row: Row) -> DataKey:
        master = self._masters.of(row["master_key_id"])
        return DataKey(row["id"], unwrap(master, row["id"], row["wrapped"]))


def wrap(master: MasterKey, key_id: str, secret: bytes) -> str:
    """A data key's secret, sealed under a master key for that key's id alone."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(master.secret).encrypt(nonce, secret, key_id.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unwrap(master: MasterKey, key_id: str, wrapped: str) -> bytes:
    """The data key's secret. Raises `MasterKeyUnusable`."""
    raw = base64.urlsafe_b64decode(wrapped)
    try:
        return AESGCM(master.secret).decrypt(
            raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], key_id.encode()
        )
    except InvalidTag:
        raise MasterKeyUnusable("A stored key does not open with this master key.") from None
