"""Addresses are compared by a keyed hash, as one house has them, and only where they say where somebody is."""

import pytest

from compliance.origins import hash_of_origin, is_public, network_of
from compliance.vault import Vault
from core.database import Database
from tests.support.clock import SettableClock


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("81.2.69.142", "81.2.69.142"),
        ("::ffff:81.2.69.142", "81.2.69.142"),
        ("2a02:8010:1:2:3:4:5:6", "2a02:8010:1:2::/64"),
        ("2a02:8010:1:2::1", "2a02:8010:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_a_house_has_one_network_however_its_devices_are_numbered(
    address: str, network: str
) -> None:
    assert network == network_of(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.7",
        "100.64.0.1",
        "169.254.0.1",
        "192.168.1.7",
        "::1",
        "::ffff:10.0.0.7",
        "fd00::1",
        "fe80::1",
        "unknown",
        "",
    ],
)
def test_a_private_address_is_everybodys(address: str) -> None:
    """Behind one proxy all have it: it would tell an agent and a customer for the same person."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["81.2.69.142", "::ffff:81.2.69.142", "2a02:8010:1:2::1"])
def test_a_public_address_is_somebodys(address: str) -> None:
    assert is_public(address)


async def test_the_hash_is_the_same_for_a_house_and_none_for_what_tells_nothing(
    database: Database, vault: Vault, clock: SettableClock
) -> None:
    async with database.transaction() as session:
        hashes = [
            await hash_of_origin(session, vault, address, now=clock())
            for address in ("2a02:8010:1:2::1", "2a02:8010:1:2::2", "2a02:8010:1:3::1")
        ]
        nobodys = [
            await hash_of_origin(session, vault, address, now=clock())
            for address in (None, "127.0.0.1", "unknown")
        ]

    assert hashes[0] == hashes[1] != hashes[2]
    assert [None, None, None] == nobodys
