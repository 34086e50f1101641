"""Telegram: what is asked, what each answer means, and whose updates are believed."""

import json
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from channels import problems
from channels.accounts import add_account
from channels.port import (
    Accepted,
    AccountConfigInvalid,
    Button,
    CallbackForged,
    CallbackRequest,
    Content,
    Inbound,
    NotSent,
    Outgoing,
    Refused,
    Uncertain,
    Unsupported,
)
from channels.provider_pool import ProviderPool
from channels.providers.telegram import TelegramProvider
from channels.routes import webhooks
from compliance.routes.gate import Gate
from tests.channels.conftest import BASE_URL, Desk
from tests.channels.providers.telegram_rig import (
    BOT_TOKEN,
    CHAT,
    WEBHOOK_SECRET,
    TelegramRig,
    said,
    telegram_config,
    telegram_rig,
)
from tests.support.doors import calling, service
from tests.support.vectors import vectors

NOW = datetime.now(UTC)
HEADER = "x-telegram-bot-api-secret-token"


@pytest.fixture
async def rig() -> AsyncIterator[TelegramRig]:
    async with telegram_rig() as made:
        assert isinstance(made, TelegramRig)
        yield made


def outgoing(**changes: Any) -> Outgoing:
    return Outgoing(
        **{
            "delivery": "dlv_1",
            "to": CHAT,
            "sender_name": "Acme",
            "content": Content("Pay £49.99: https://a.example/p/1"),
            "at": NOW,
            "callback_url": "https://pay.example.test/webhooks/channels/cha_1?delivery=dlv_1",
            **changes,
        }
    )


async def test_a_message_shows_its_button_and_opens_no_link_for_a_preview(
    rig: TelegramRig,
) -> None:
    button = Button("Pay £49.99", "https://a.example/p/1")
    content = Content("Pay £49.99: https://a.example/p/1", button=button)
    assert await rig.provider.send(outgoing(content=content, reply_to=f"{CHAT}:77")) == Accepted(
        f"{CHAT}:1"
    )
    assert await rig.provider.send(outgoing(reply_to="222:77")) == Accepted(f"{CHAT}:2")
    plain = {
        "chat_id": CHAT,
        "text": "Pay £49.99: https://a.example/p/1",
        "link_preview_options": {"is_disabled": True},
    }
    assert rig.sent == [
        plain
        | {
            "reply_markup": {
                "inline_keyboard": [[{"text": "Pay £49.99", "url": "https://a.example/p/1"}]]
            },
            "reply_parameters": {"message_id": 77, "allow_sending_without_reply": True},
        },
        plain,
    ]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (
            said(403, "Forbidden: bot was blocked by the user"),
            Refused(problems.RECIPIENT_OPTED_OUT, "403 bot was blocked by the user"),
        ),
        (
            said(403, "Forbidden: user is deactivated"),
            Refused(problems.INVALID_ADDRESS, "403 user is deactivated"),
        ),
        (
            said(403, "Forbidden: bot can't initiate conversation with a user"),
            Refused(problems.UNREACHABLE, "403 can't initiate conversation"),
        ),
        (
            said(400, "Bad Request: message is too long"),
            Refused(problems.INVALID_CONTENT, "400 message is too long"),
        ),
        (
            said(400, "Bad Request: BUTTON_URL_INVALID"),
            Refused(problems.INVALID_CONTENT, "400 button_url_invalid"),
        ),
        (said(400, "Bad Request: something else"), Refused(problems.REFUSED, "400")),
        (PlainTextResponse("?", 400), Refused(problems.REFUSED, "400")),
        (said(401, "Unauthorized"), Refused(problems.CHANNEL_MISCONFIGURED, "401")),
        (said(404, "Not Found"), Refused(problems.CHANNEL_MISCONFIGURED, "404")),
        (Response(status_code=302), Refused(problems.CHANNEL_MISCONFIGURED, "302")),
        (said(429, "Too Many Requests", retry_after=7), NotSent(problems.RATE_LIMITED, 7)),
        (said(429, "Too Many Requests", retry_after=99999), NotSent(problems.RATE_LIMITED, 900)),
        (said(429, "Too Many Requests", retry_after="soon"), NotSent(problems.RATE_LIMITED)),
        (said(500, "Internal"), Uncertain("500")),
        (PlainTextResponse("bad gateway", 502), Uncertain("502")),
        (PlainTextResponse("<html>"), Uncertain("answer_unreadable")),
        (JSONResponse([]), Uncertain("answer_unreadable")),
        (JSONResponse({"ok": True, "result": {}}), Uncertain("answer_unreadable")),
    ],
)
async def test_each_answer_means_one_thing(
    rig: TelegramRig, answer: Response, outcome: object
) -> None:
    rig.answer = answer
    assert await rig.provider.send(outgoing()) == outcome


async def test_a_lost_message_is_never_repeated(rig: TelegramRig) -> None:
    found = await rig.provider.find(outgoing(), since=NOW, known=frozenset())
    assert found == Unsupported(resend_is_safe=False)


async def test_the_token_is_in_no_outcome_no_check_and_no_log_of_ours(
    rig: TelegramRig, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    told = [await rig.away.send(outgoing()), await rig.away.check()]
    rig.answer = said(500, "no")
    told += [await rig.provider.send(outgoing()), await rig.provider.check()]
    config = TelegramProvider.from_config(telegram_config(rig.url))
    told.append(repr(config._config))
    assert BOT_TOKEN not in f"{told}{caplog.text}"


@pytest.mark.parametrize(
    ("webhook", "words"),
    [
        ({"url": ""}, "setWebhook"),
        ({"url": "https://elsewhere.example/bot"}, "elsewhere.example"),
        (
            {
                "url": "https://pay.example.test/webhooks/channels/cha_1",
                "last_error_message": "Wrong response from the webhook: 403 Forbidden",
                "pending_update_count": 3,
            },
            "3 are waiting",
        ),
    ],
)
async def test_a_check_says_where_updates_go_astray(
    rig: TelegramRig, webhook: dict[str, Any], words: str
) -> None:
    rig.webhook = webhook
    assert words in (await rig.provider.check() or "")


async def test_a_bot_is_connected_with_the_secret_that_its_updates_carry(
    rig: TelegramRig,
) -> None:
    url = "https://pay.example.test/webhooks/channels/cha_2"
    assert await rig.provider.connect(url) is None
    assert rig.webhook == {
        "url": url,
        "secret_token": WEBHOOK_SECRET,
        "allowed_updates": ["message", "edited_message", "my_chat_member"],
    }
    assert await rig.provider.check() is None


async def test_what_stands_in_the_way_of_connecting_is_said(rig: TelegramRig) -> None:
    url = "http://127.0.0.1:8000/webhooks/channels/cha_1"
    for answer, words in (
        (said(401, "Unauthorized"), "bot_token"),
        (said(400, "Bad Request: bad webhook: HTTPS url must be provided"), "HTTPS url"),
        (JSONResponse([]), "200"),
    ):
        rig.answer = answer
        assert words in (await rig.provider.connect(url) or "")
    assert "cannot be reached" in (await rig.away.connect(url) or "")


async def test_a_check_tells_a_wrong_token_from_trouble(rig: TelegramRig) -> None:
    for status, word in ((401, "bot_token"), (404, "bot_token"), (500, "500")):
        rig.answer = said(status, "no")
        assert word in (await rig.provider.check() or "")


def told(body: bytes, secret: str | None = WEBHOOK_SECRET, **more: Any) -> list[Any]:
    provider = TelegramProvider.from_config(telegram_config("http://127.0.0.1:9", **more))
    return provider.parse_callback(
        CallbackRequest(
            url="https://pay.example.test/webhooks/channels/cha_1",
            method="POST",
            headers={} if secret is None else {HEADER: secret},
            body=body,
        )
    )


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"message": 1}', b"\xff", b"[" * 99])
def test_what_is_signed_and_no_update_tells_nothing(body: bytes) -> None:
    assert told(body) == []


def test_the_secret_before_is_believed_while_a_new_one_is_rolled_out() -> None:
    older = {"previous_webhook_secret": "the_one_before_this"}
    assert told(b"{}", "the_one_before_this", **older) == []
    with pytest.raises(CallbackForged):
        told(b"{}", "the_one_before_this")


async def test_the_published_updates_and_secrets_come_through_the_door_as_they_should(
    gate: Gate, desk: Desk
) -> None:
    file = vectors("telegram_updates.json")
    async with desk.database.transaction() as session:
        account = await add_account(
            session,
            desk.vault,
            merchant=desk.merchant.id,
            channel="telegram",
            provider="telegram",
            config=telegram_config("http://127.0.0.1:9", webhook_secret=file["secret_token"]),
            now=desk.clock(),
        )
    pool = ProviderPool({"telegram": TelegramProvider.from_config}, desk.vault)
    app = service(gate, webhooks.router, state={"providers": pool, "channel_base_url": BASE_URL})
    url = f"/webhooks/channels/{account.id}"
    async with calling(app) as outside:
        for case in file["auth_cases"]:
            given = case["header"]
            headers = [] if given is None else [(HEADER.encode(), given.strip().encode("latin-1"))]
            answer = await outside.post(url, content=b"{}", headers=headers)
            believed = str(case["status"]).startswith("200")
            assert (answer.status_code == 200) == believed, case
            assert believed or 400 <= answer.status_code < 500
        proof = {HEADER: file["secret_token"]}
        for update in file["updates"] * 2:
            answer = await outside.post(url, content=json.dumps(update["body"]), headers=proof)
            assert answer.status_code == 200, update["name"]
    # All of them are about one message and its correction.
    assert (await desk.event_types(["message"])).count("message.received") == 2
    await pool.close()


@pytest.mark.parametrize(
    "wrong",
    [
        {"bot_token": "nonsense"},
        {"bot_token": f"{BOT_TOKEN}/../x"},
        {"webhook_secret": "short"},
        {"webhook_secret": "a secret with spaces in it"},
        {"base_url": "https://api.example/path"},
        {"timeout_seconds": 100},
        {"colour": "blue"},
    ],
)
def test_settings_that_cannot_work_are_named_without_their_values(wrong: dict[str, Any]) -> None:
    with pytest.raises(AccountConfigInvalid) as caught:
        TelegramProvider.from_config({**telegram_config("http://127.0.0.1:9"), **wrong})
    assert BOT_TOKEN not in caught.value.detail


def test_an_update_is_inbound_for_the_bot() -> None:
    update = {
        "update_id": 1,
        "message": {
            "message_id": 5,
            "chat": {"id": 1111111, "type": "private"},
            "from": {"id": 1111111, "first_name": "Sam"},
            "text": "Hello",
        },
    }
    assert told(json.dumps(update).encode()) == [
        Inbound(
            provider_id="1111111:5",
            sender=CHAT,
            recipient="@acme_bot",
            text="Hello",
            sender_name="Sam",
        )
    ]
