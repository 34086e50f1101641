"""A signed stretch of the journal: whole, checked without us, and no change of it passes.

Covers compliance.journal.export.
"""

import json
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from compliance.journal import Event, Reader, record
from compliance.journal.export import (
    Checked,
    ExportUnsound,
    check,
    export,
    public_text,
    signing_key,
    stretch,
)
from compliance.merchants import Merchant
from compliance.vault import Vault
from core.database import Database
from tests.conftest import MASTER_KEY, NewMerchant
from tests.support.clock import START

BY = "user:usr_1"


async def _tell(database: Database, merchant: Merchant, count: int) -> None:
    async with database.transaction() as session:
        for number in range(count):
            record(
                session,
                Event(
                    type="note.added",
                    merchant=merchant.id,
                    occurred_at=START,
                    actor="system",
                    origin="203.0.113.7",
                    customer="cus_1",
                    private={"text": f"é {number}"},
                ),
            )


async def _file(
    database: Database,
    vault: Vault,
    merchant: Merchant,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[bytes]:
    async with database.snapshot() as session:
        key = await signing_key(session, vault, merchant.id, now=START)
        what = await stretch(session, merchant.id, since=since, until=until)
    reader = Reader(vault)
    pieces = [piece async for piece in export(database, reader, key, what, by=BY, now=START)]
    return b"".join(pieces).splitlines(keepends=True)


async def test_a_file_has_every_entry_in_order_and_checks(
    database: Database, vault: Vault, merchant: Merchant, new_merchant: NewMerchant
) -> None:
    other = await new_merchant("Other")
    await _tell(database, merchant, 501)
    await _tell(database, other, 1)
    lines = await _file(database, vault, merchant)
    head, *entries, _ = [json.loads(line) for line in lines]
    assert (head["merchant"], head["made_by"]) == (merchant.id, BY)
    assert [entry["position"] for entry in entries] == list(range(1, 502))
    assert {entry["origin"] for entry in entries} == {"203.0.113.7"}
    assert entries[7]["data"] == {"text": "é 7"}
    assert check(lines, public_key=head["public_key"]) == Checked(
        merchant.id, "2026-11-22T13:24:05.123Z", 1, 501, 501, head["public_key"]
    )


async def test_each_merchant_signs_with_a_key_of_its_own_that_outlives_this_process(
    database: Database, vault: Vault, merchant: Merchant, new_merchant: NewMerchant
) -> None:
    other = await new_merchant("Other")
    keys = set()
    for each in (merchant, other):
        await _tell(database, each, 1)
        async with database.snapshot() as session:
            mine = await signing_key(session, vault, each.id, now=START)
            again = await signing_key(session, Vault(MASTER_KEY), each.id, now=START)
        assert public_text(mine) == public_text(again)
        keys.add(public_text(mine))
    assert len(keys) == 2
    with pytest.raises(ExportUnsound, match="another key"):
        check(await _file(database, vault, merchant), public_key=public_text(again))


async def test_days_without_entries_are_a_sound_file_too(
    database: Database, vault: Vault, merchant: Merchant
) -> None:
    await _tell(database, merchant, 2)
    lines = await _file(database, vault, merchant, since=START + timedelta(days=1))
    assert check(lines).entries == 0
    lines = await _file(database, vault, merchant, until=START - timedelta(days=1))
    assert check(lines).entries == 0


async def test_no_change_passes(database: Database, vault: Vault, merchant: Merchant) -> None:
    await _tell(database, merchant, 4)
    lines = await _file(database, vault, merchant)
    stranger = Ed25519PrivateKey.generate()
    changes: dict[str, list[bytes]] = {
        "follow": lines[:2] + lines[3:],
        "does not follow": [lines[0], lines[2], lines[1], *lines[3:]],
        "broke off": lines[:-1],
        "changed after": [lines[0], *lines[2:]],
        "was changed": [lines[0], lines[1].replace(b"203.0.113.7", b"203.0.113.8"), *lines[2:]],
        "more after": [*lines, lines[1]],
        "empty": [],
        "first line": lines[1:],
        "whole line": [*lines[:-1], lines[-1][:-1]],
        "no entry": [lines[0], b'{"position":"1"}\n', *lines[1:]],
        "signature does not": [*lines[:-1], _resigned(lines[-1], "AAAA")],
    }
    for told, changed in changes.items():
        with pytest.raises(ExportUnsound, match=told):
            check(changed)
    digest = json.loads(lines[-1])["sha256"]
    other = stranger.sign(f"paythread-journal/1\n{digest}".encode())
    with pytest.raises(ExportUnsound, match="signature"):
        check([*lines[:-1], _resigned(lines[-1], other.hex())])


def _resigned(line: bytes, signature: str) -> bytes:
    return json.dumps({**json.loads(line), "signature": signature}).encode() + b"\n"
