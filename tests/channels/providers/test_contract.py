"""What every provider promises: the same suite for the real ones and the one made by hand."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from channels.port import (
    Absent,
    Accepted,
    CallbackForged,
    CallbackRequest,
    Content,
    NotSent,
    Outgoing,
    Refused,
    Uncertain,
    Unsupported,
)
from core.ids import new_id
from tests.channels.providers.http_rig import HTTP_RIGS
from tests.channels.providers.meta_rigs import META_RIGS
from tests.channels.providers.rigs import RIGS, Mood, Rig
from tests.channels.providers.telegram_rig import TELEGRAM_RIGS
from tests.channels.providers.vonage_rig import VONAGE_RIGS

# Networks that cannot be asked, and would send a repetition again: only a callback settles what was lost.
NEVER_REPEATED = {"GraphRig", "MessengerRig", "InstagramRig", "TelegramRig", "VonageRig"}
EVERY_RIG = {**RIGS, **META_RIGS, **TELEGRAM_RIGS, **HTTP_RIGS, **VONAGE_RIGS}


@pytest.fixture(params=sorted(EVERY_RIG))
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    async with EVERY_RIG[request.param]() as made:
        yield made


def outgoing(rig: Rig, *, text: str = "Please pay £49.99: https://a.example/p/AbC") -> Outgoing:
    now = datetime.now(UTC)
    delivery = new_id("dlv", now)
    return Outgoing(
        delivery=delivery,
        to=rig.address,
        sender_name="Acme Travel",
        content=Content(text, "Please pay", "<p>Please pay</p>"),
        at=now,
        callback_url=f"https://pay.example.test/webhooks/channels/cha_1?delivery={delivery}",
    )


async def test_a_message_that_is_taken_has_the_networks_id(rig: Rig) -> None:
    first, second = outgoing(rig), outgoing(rig, text="Another one")
    ids = []
    for message in (first, second):
        outcome = await rig.provider.send(message)
        assert isinstance(outcome, Accepted)
        ids.append(outcome.provider_id)
    assert len(set(ids)) == 2
    assert all(0 < len(one) <= 128 for one in ids)
    assert sorted(rig.texts()) == sorted(
        [(rig.address, first.content.text), (rig.address, "Another one")]
    )


async def test_a_refusal_is_final_and_takes_nothing(rig: Rig) -> None:
    rig.be(Mood.REFUSES)
    assert isinstance(await rig.provider.send(outgoing(rig)), Refused)
    assert rig.texts() == []


async def test_a_network_that_puts_it_off_has_certainly_not_sent_it(rig: Rig) -> None:
    rig.be(Mood.PUTS_OFF)
    assert isinstance(await rig.provider.send(outgoing(rig)), NotSent)
    assert rig.texts() == []


async def test_a_network_that_is_away_has_certainly_not_sent_it(rig: Rig) -> None:
    assert isinstance(await rig.away.send(outgoing(rig)), NotSent)


async def test_a_lost_answer_is_uncertain_and_can_be_settled(rig: Rig) -> None:
    """Either the network can be asked, or a repetition is recognised; else it must not be repeated."""
    rig.be(Mood.HANGS_UP_AFTER_TAKING)
    message = outgoing(rig)
    assert isinstance(await rig.provider.send(message), Uncertain)
    assert rig.texts() == [(rig.address, message.content.text)]
    rig.be(Mood.TAKES)
    found = await rig.provider.find(message, since=message.at, known=frozenset())
    if found == Unsupported(resend_is_safe=False):
        assert type(rig).__name__ in NEVER_REPEATED
        return
    assert isinstance(found, Accepted) or found == Unsupported(resend_is_safe=True)


async def test_what_was_never_given_is_not_found(rig: Rig) -> None:
    found = await rig.provider.find(outgoing(rig), since=datetime.now(UTC), known=frozenset())
    assert isinstance(found, Absent | Unsupported)


async def test_a_callback_without_proof_is_forged(rig: Rig) -> None:
    for headers in ({}, {"x-twilio-signature": "bm90IGl0", "x-fake-secret": "guess"}):
        with pytest.raises(CallbackForged):
            rig.provider.parse_callback(
                CallbackRequest(
                    url="https://pay.example.test/webhooks/channels/cha_1",
                    method="POST",
                    headers={"content-type": "application/x-www-form-urlencoded", **headers},
                    body=b"MessageSid=SM1&MessageStatus=delivered",
                )
            )


async def test_a_check_says_in_a_sentence_what_is_wrong(rig: Rig) -> None:
    assert await rig.provider.check() is None
    trouble = await rig.away.check()
    assert trouble is not None
    assert trouble.endswith(".")
