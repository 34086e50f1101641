"""The vault seals under a key for each subject, opens with the right master key only, and forgets what is destroyed."""

import asyncio
import base64
import secrets
from collections.abc import Awaitable, Callable

import pytest
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag

from compliance.master_keys import MasterKey, MasterKeyUnusable
from compliance.vault import KeyDestroyed, Vault, vault_keys
from core.database import Database
from tests.conftest import MASTER_KEY
from tests.support.clock import SettableClock
from tests.support.crash import crashing

Seal = Callable[..., Awaitable[str]]

MERCHANT, CUSTOMER, OTHER = "mer_1", "cus_1", "cus_2"
NAME = "customer.name"


@pytest.fixture
def seal(database: Database, clock: SettableClock) -> Seal:
    """Seals a text in a database transaction of its own."""

    async def sealing(vault: Vault, text: str = "Zoë", subject: str = CUSTOMER) -> str:
        async with database.transaction() as session:
            return await vault.seal(session, MERCHANT, subject, text, purpose=NAME, now=clock())

    return sealing


async def _open(
    database: Database, vault: Vault, sealed: str | None, purpose: str = NAME
) -> str | None:
    async with database.snapshot() as session:
        return await vault.open(session, sealed, purpose=purpose)


async def _destroy(database: Database, vault: Vault, clock: SettableClock) -> None:
    async with database.transaction() as session:
        await vault.destroy(session, MERCHANT, CUSTOMER, now=clock())


@pytest.mark.parametrize("text", ["Zoë", "", "+447700900123", "😀" * 500])
async def test_what_is_sealed_opens_again_also_after_a_restart(
    database: Database, vault: Vault, seal: Seal, text: str
) -> None:
    sealed = await seal(vault, text)
    assert text == await _open(database, vault, sealed)
    assert text == await _open(database, Vault(MASTER_KEY), sealed)


async def test_nothing_opens_as_nothing(database: Database, vault: Vault) -> None:
    assert await _open(database, vault, None) is None


async def test_sealed_text_shows_nothing_and_never_looks_the_same_twice(
    vault: Vault, seal: Seal
) -> None:
    first, second = await seal(vault, "Zoë Miller"), await seal(vault, "Zoë Miller")
    assert first != second
    body = base64.urlsafe_b64decode(first.rsplit(".", 1)[1])
    assert "Zoë Miller".encode() not in body


async def test_each_subject_has_a_key_of_its_own(vault: Vault, seal: Seal) -> None:
    key_ids = {(await seal(vault, subject=subject)).split(".")[1] for subject in (CUSTOMER, OTHER)}
    assert 2 == len(key_ids)


async def test_a_text_sealed_for_one_purpose_does_not_open_for_another(
    database: Database, vault: Vault, seal: Seal
) -> None:
    sealed = await seal(vault)
    with pytest.raises(InvalidTag):
        await _open(database, vault, sealed, purpose="customer.phone")


async def test_a_text_that_was_changed_does_not_open(
    database: Database, vault: Vault, seal: Seal
) -> None:
    head, body = (await seal(vault)).rsplit(".", 1)
    raw = bytearray(base64.urlsafe_b64decode(body))
    raw[-1] ^= 1
    with pytest.raises(InvalidTag):
        await _open(database, vault, f"{head}.{base64.urlsafe_b64encode(raw).decode()}")


async def test_a_text_passed_off_under_another_subjects_key_does_not_open(
    database: Database, vault: Vault, seal: Seal
) -> None:
    mine, other = await seal(vault), await seal(vault, subject=OTHER)
    swapped = ".".join([*other.split(".")[:2], mine.split(".")[2]])
    with pytest.raises(InvalidTag):
        await _open(database, vault, swapped)


async def test_another_master_key_opens_nothing_and_says_so(
    database: Database, vault: Vault, seal: Seal
) -> None:
    sealed = await seal(vault)
    stranger = Vault(MasterKey.from_text(MasterKey.generate_text()))
    with pytest.raises(MasterKeyUnusable):
        await _open(database, stranger, sealed)


async def test_a_stored_key_that_was_tampered_with_is_refused(
    database: Database, vault: Vault, seal: Seal
) -> None:
    sealed = await seal(vault)
    async with database.transaction() as session:
        forged = base64.urlsafe_b64encode(secrets.token_bytes(60)).decode()
        await session.execute(sa.update(vault_keys).values(wrapped=forged))
    with pytest.raises(MasterKeyUnusable):
        await _open(database, Vault(MASTER_KEY), sealed)


async def test_a_destroyed_key_opens_nothing_and_seals_nothing_ever_again(
    database: Database, vault: Vault, clock: SettableClock, seal: Seal
) -> None:
    mine, other = await seal(vault), await seal(vault, subject=OTHER)
    await _destroy(database, vault, clock)
    assert await _open(database, vault, mine) is None
    assert await _open(database, Vault(MASTER_KEY), mine) is None
    assert "Zoë" == await _open(database, vault, other)
    with pytest.raises(KeyDestroyed):
        await seal(vault)


async def test_destroying_forgets_a_key_that_was_only_ever_used_to_open(
    database: Database, clock: SettableClock, seal: Seal
) -> None:
    sealed = await seal(Vault(MASTER_KEY))
    restarted = Vault(MASTER_KEY)
    assert "Zoë" == await _open(database, restarted, sealed)
    await _destroy(database, restarted, clock)
    assert await _open(database, restarted, sealed) is None


async def test_a_reader_that_comes_before_the_erasure_commits_brings_nothing_back(
    database: Database, vault: Vault, clock: SettableClock, seal: Seal
) -> None:
    sealed = await seal(vault)
    async with database.transaction() as session:
        await vault.destroy(session, MERCHANT, CUSTOMER, now=clock())
        assert "Zoë" == await _open(database, vault, sealed)
    assert await _open(database, vault, sealed) is None


async def test_a_reader_with_an_older_snapshot_does_not_bring_a_destroyed_key_back(
    database: Database, clock: SettableClock, seal: Seal
) -> None:
    sealed = await seal(Vault(MASTER_KEY))
    vault = Vault(MASTER_KEY)
    async with database.snapshot() as old:
        await old.scalar(sa.select(sa.func.count()).select_from(vault_keys))
        await _destroy(database, vault, clock)
        await vault.open(old, sealed, purpose=NAME)
    assert await _open(database, vault, sealed) is None


async def test_an_erasure_that_was_rolled_back_erased_nothing(
    database: Database, vault: Vault, clock: SettableClock, seal: Seal
) -> None:
    sealed = await seal(vault)
    async with crashing(database) as session:
        await vault.destroy(session, MERCHANT, CUSTOMER, now=clock())
        assert await vault.open(session, sealed, purpose=NAME) is None
    assert "Zoë" == await _open(database, vault, sealed)
    await seal(vault)


async def test_destroying_what_never_was_does_nothing(
    database: Database, vault: Vault, clock: SettableClock
) -> None:
    await _destroy(database, vault, clock)


async def test_a_key_made_in_a_transaction_that_failed_is_not_kept(
    database: Database, vault: Vault, clock: SettableClock, seal: Seal
) -> None:
    async with crashing(database) as session:
        lost = await vault.seal(session, MERCHANT, CUSTOMER, "Zoë", purpose=NAME, now=clock())
        assert "Zoë" == await vault.open(session, lost, purpose=NAME)
    assert await _open(database, vault, lost) is None
    sealed = await seal(vault)
    assert lost.split(".")[1] != sealed.split(".")[1]
    assert "Zoë" == await _open(database, Vault(MASTER_KEY), sealed)


async def test_two_processes_that_need_a_key_at_once_share_one(
    database: Database, clock: SettableClock, open_database: Callable[[str], Database]
) -> None:
    async def sealing(own: Database) -> str:
        async with own.transaction() as session:
            return await Vault(MASTER_KEY).seal(
                session, MERCHANT, CUSTOMER, "Zoë", purpose=NAME, now=clock()
            )

    sealed = await asyncio.gather(*(sealing(open_database(database.url)) for _ in range(6)))
    assert 1 == len({text.split(".")[1] for text in sealed})


async def test_a_keyed_hash_is_the_same_for_the_same_text_purpose_and_subject_only(
    database: Database, vault: Vault, clock: SettableClock
) -> None:
    async with database.transaction() as session:
        mine = await vault.key(session, MERCHANT, CUSTOMER, now=clock())
        other = await vault.key(session, MERCHANT, OTHER, now=clock())
    async with database.snapshot() as session:
        again = await Vault(MASTER_KEY).key(session, MERCHANT, CUSTOMER, now=clock())
    assert mine.mac("phone", "+447700900123") == again.mac("phone", "+447700900123")
    others = {
        mine.mac("phone", "+447700900123"),
        mine.mac("email", "+447700900123"),
        mine.mac("phone", "+447700900124"),
        other.mac("phone", "+447700900123"),
    }
    assert 4 == len(others)


async def test_looking_for_a_subject_that_has_no_key_makes_none_and_matches_nothing(
    database: Database, vault: Vault, clock: SettableClock
) -> None:
    async with database.snapshot() as session:
        keys = [await vault.key(session, MERCHANT, CUSTOMER, now=clock()) for _ in range(2)]
        assert keys[0].mac("phone", "1") != keys[1].mac("phone", "1")
        assert 0 == await session.scalar(sa.select(sa.func.count()).select_from(vault_keys))


async def test_an_erasure_reaches_another_process_within_a_minute(
    database: Database, vault: Vault, clock: SettableClock
) -> None:
    seconds = 0.0
    elsewhere = Vault(MASTER_KEY, ticks=lambda: seconds)
    async with database.transaction() as session:
        sealed = await vault.seal(session, MERCHANT, CUSTOMER, "Zoë", purpose=NAME, now=clock())

    async def read() -> str | None:
        async with database.snapshot() as session:
            return await elsewhere.open(session, sealed, purpose=NAME)

    assert "Zoë" == await read()
    async with database.snapshot() as session:
        await elsewhere.key(session, MERCHANT, CUSTOMER, now=clock())
    seconds = 59.0
    assert "Zoë" == await read(), "held, and not read again"
    async with database.transaction() as session:
        await vault.destroy(session, MERCHANT, CUSTOMER, now=clock())
    seconds = 61.0
    assert await read() is None
    async with database.snapshot() as session:
        with pytest.raises(KeyDestroyed):
            await elsewhere.key(session, MERCHANT, CUSTOMER, now=clock())


async def test_the_database_holds_no_key_in_the_clear(
    database: Database, vault: Vault, clock: SettableClock
) -> None:
    async with database.transaction() as session:
        key = await vault.key(session, MERCHANT, CUSTOMER, now=clock())
        [row] = await session.all(sa.select(vault_keys))
    assert key.secret not in base64.urlsafe_b64decode(row["wrapped"])
    assert MASTER_KEY.id == row["master_key_id"]


def test_keys_do_not_show_themselves_in_a_log_or_an_error() -> None:
    assert "ab" * 8 not in repr(MASTER_KEY)
    assert repr(MASTER_KEY.secret) not in repr(MASTER_KEY)


def test_a_generated_master_key_is_new_each_time_and_usable() -> None:
    first, second = MasterKey.generate_text(), MasterKey.generate_text()
    assert MasterKey.from_text(first).id != MasterKey.from_text(second).id


def test_a_master_key_reads_the_same_in_hex_and_both_base64_alphabets() -> None:
    secret = bytes(range(224, 256))
    texts = (
        secret.hex(),
        secret.hex().upper(),
        base64.b64encode(secret).decode(),
        base64.urlsafe_b64encode(secret).decode(),
        base64.urlsafe_b64encode(secret).decode().rstrip("="),
        f"  {secret.hex()}\n",
    )
    assert {secret} == {MasterKey.from_text(text).secret for text in texts}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "short",
        "ab" * 31,
        "zz" * 32,
        base64.b64encode(b"x" * 31).decode(),
        base64.b64encode(b"x" * 33).decode(),
        "päth" * 11,
        "!" * 10 + base64.b64encode(b"x" * 32).decode(),
    ],
)
def test_anything_but_32_bytes_is_no_master_key(text: str) -> None:
    with pytest.raises(MasterKeyUnusable):
        MasterKey.from_text(text)
