"""Consent: by address and channel, with who said it, when and how."""

import pytest
import sqlalchemy as sa

from channels.consents import (
    ConsentPlace,
    ConsentState,
    ConsentStopped,
    consent_of,
    consents,
    require_consent,
    set_consent,
)
from core.errors import Kind
from tests.channels.conftest import Desk


async def say(desk: Desk, state: ConsentState, place: ConsentPlace) -> bool:
    async with desk.database.transaction() as session:
        return await set_consent(
            session,
            place,
            state,
            customer=None,
            conversation=None,
            agent=None,
            actor="user:usr_1",
            how="form",
            now=desk.clock(),
        )


async def test_nothing_said_is_unknown_and_lets_messages_through(desk: Desk) -> None:
    place = ConsentPlace(desk.merchant.id, "sms", "a" * 64)
    async with desk.database.snapshot() as session:
        assert await consent_of(session, place) is ConsentState.UNKNOWN
        await require_consent(session, place)


async def test_what_was_said_last_counts_and_is_recorded_when_it_is_new(desk: Desk) -> None:
    place = ConsentPlace(desk.merchant.id, "sms", "a" * 64)
    assert await say(desk, ConsentState.STOPPED, place) is True
    assert await say(desk, ConsentState.STOPPED, place) is False
    async with desk.database.snapshot() as session:
        with pytest.raises(ConsentStopped) as caught:
            await require_consent(session, place)
    assert (caught.value.kind, caught.value.code) == (Kind.CONFLICT, "consent_stopped")
    assert await say(desk, ConsentState.GRANTED, place) is True
    async with desk.database.snapshot() as session:
        assert await consent_of(session, place) is ConsentState.GRANTED
        [row] = await session.all(sa.select(consents))
    assert (row["changed_by"], row["how"], row["changed_at"]) == (
        "user:usr_1",
        "form",
        desk.clock(),
    )
    assert [each.data for each in await desk.events("consent.changed")] == [
        {"state": "stopped", "how": "form"},
        {"state": "granted", "how": "form"},
    ]


async def test_a_stop_holds_for_its_own_channel_address_and_merchant(desk: Desk) -> None:
    await say(desk, ConsentState.STOPPED, ConsentPlace(desk.merchant.id, "sms", "a" * 64))
    async with desk.database.snapshot() as session:
        for place in (
            ConsentPlace(desk.merchant.id, "email", "a" * 64),
            ConsentPlace(desk.merchant.id, "sms", "b" * 64),
            ConsentPlace("mer_other", "sms", "a" * 64),
        ):
            assert await consent_of(session, place) is ConsentState.UNKNOWN
