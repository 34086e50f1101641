"""Tries are recognised by keyed hashes: the same again for the same, and nothing of what they are made of."""

from typing import Any

import pytest

from compliance.merchants import Merchant
from compliance.vault import Vault
from core.database import Database
from payments.gateway import CardFacts
from payments.traces import Traces, traces_of
from tests.conftest import NewMerchant
from tests.support.clock import SettableClock

CARD = CardFacts("visa", "4242", "US", "fp-of-the-psp", "42424242")
SEEN = {"card": CARD, "origin": "here", "user_agent": "Phone/1", "accept_language": "en-GB"}


class Tracer:
    def __init__(self, database: Database, vault: Vault, clock: SettableClock) -> None:
        self.database, self.vault, self.clock = database, vault, clock

    async def of(self, merchant: Merchant, **changes: Any) -> Traces:
        async with self.database.transaction() as session:
            known: dict[str, Any] = SEEN | changes
            return await traces_of(session, self.vault, merchant.id, **known, now=self.clock())


@pytest.fixture
def tracer(database: Database, vault: Vault, clock: SettableClock) -> Tracer:
    return Tracer(database, vault, clock)


async def test_the_same_card_and_device_are_known_again_and_not_by_their_names(
    tracer: Tracer, merchant: Merchant
) -> None:
    first = await tracer.of(merchant)

    assert first == await tracer.of(merchant)
    assert all(len(hashed or "") == 64 for hashed in (first.fingerprint, first.bin_key))
    for plain in ("fp-of-the-psp", "42424242", "Phone/1"):
        assert plain not in repr(first)


async def test_two_merchants_cannot_compare_their_customers(
    tracer: Tracer, merchant: Merchant, new_merchant: NewMerchant
) -> None:
    ours, theirs = await tracer.of(merchant), await tracer.of(await new_merchant("Other Ltd"))

    assert ours.fingerprint != theirs.fingerprint
    assert ours.bin_key != theirs.bin_key
    assert ours.device_key != theirs.device_key


@pytest.mark.parametrize(
    "change", [{"origin": "there"}, {"user_agent": "Phone/2"}, {"accept_language": None}]
)
async def test_another_browser_or_address_is_another_device(
    tracer: Tracer, merchant: Merchant, change: dict[str, Any]
) -> None:
    assert (await tracer.of(merchant)).device_key != (
        await tracer.of(merchant, **change)
    ).device_key


async def test_what_is_not_known_leaves_no_trace(tracer: Tracer, merchant: Merchant) -> None:
    """A browser that tells nothing of itself, or an address that nobody told us, is no device."""
    silent = await tracer.of(merchant, card=CardFacts(), user_agent=None)
    nowhere = await tracer.of(merchant, card=CardFacts(), origin=None)

    assert (Traces(), Traces()) == (silent, nowhere)


async def test_a_browser_that_talks_without_end_is_cut_short(
    tracer: Tracer, merchant: Merchant
) -> None:
    long, longer = ("x" * length for length in (600, 60_000))

    assert await tracer.of(merchant, user_agent=long) == await tracer.of(
        merchant, user_agent=longer
    )
