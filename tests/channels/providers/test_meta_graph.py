"""The Graph API's answers: which ones say that nothing was sent, and which leave it open."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from channels import problems
from channels.port import (
    AccountConfigInvalid,
    Content,
    NotSent,
    Outcome,
    Outgoing,
    Refused,
    Uncertain,
)
from channels.providers.meta_graph import GraphConfig
from channels.providers.whatsapp import WhatsAppProvider
from tests.channels.providers.meta_rigs import TOKEN, URL, GraphRig, graph_error, whatsapp_rig


@pytest.fixture
async def rig() -> AsyncIterator[GraphRig]:
    async with whatsapp_rig() as made:
        assert isinstance(made, GraphRig)
        yield made


def outgoing() -> Outgoing:
    return Outgoing(
        delivery="dlv_1",
        to="+447700900123",
        sender_name="Acme",
        content=Content("Hello"),
        at=datetime.now(UTC),
        callback_url=URL,
    )


async def answered(rig: GraphRig, answer: Response) -> Outcome:
    rig.answer = answer
    return await rig.provider.send(outgoing())


@pytest.mark.parametrize("code", [4, 80007, 130429, 131048, 131056])
async def test_a_rate_limit_is_certainly_not_sent(rig: GraphRig, code: int) -> None:
    assert await answered(rig, graph_error(code)) == NotSent(problems.RATE_LIMITED, None)


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7), ("99999", 900), ("soon", None), ("9" * 400, None)]
)
async def test_meta_says_when_to_come_back(rig: GraphRig, header: str, seconds: int | None) -> None:
    answer = JSONResponse({}, 429, {"Retry-After": header})
    assert await answered(rig, answer) == NotSent(problems.RATE_LIMITED, seconds)


@pytest.mark.parametrize(
    ("code", "status", "problem"),
    [
        (190, 401, problems.CHANNEL_MISCONFIGURED),
        (190, 400, problems.CHANNEL_MISCONFIGURED),
        (10, 403, problems.CHANNEL_MISCONFIGURED),
        (200, 403, problems.CHANNEL_MISCONFIGURED),
        (131047, 400, problems.WINDOW_CLOSED),
        (131026, 400, problems.UNREACHABLE),
        (131051, 400, problems.INVALID_CONTENT),
        (424242, 400, problems.REFUSED),
    ],
)
async def test_a_refusal_is_final_and_in_our_words(
    rig: GraphRig, code: int, status: int, problem: str
) -> None:
    outcome = await answered(rig, graph_error(code, status=status))
    assert isinstance(outcome, Refused)
    assert outcome.code == problem
    assert str(code) in outcome.detail


async def test_a_page_that_is_no_api_means_that_the_account_is_set_up_wrongly(
    rig: GraphRig,
) -> None:
    outcome = await answered(rig, PlainTextResponse("Not Found", 404))
    assert isinstance(outcome, Refused)
    assert outcome.code == problems.CHANNEL_MISCONFIGURED


@pytest.mark.parametrize(
    "answer",
    [
        PlainTextResponse("oops", 500),
        graph_error(131000, status=500),
        graph_error(131047, status=503),
        graph_error(1),
        graph_error(2),
        PlainTextResponse("thanks", 200),
        JSONResponse({"messages": []}),
        JSONResponse({"messages": [{"id": 7}]}),
        JSONResponse(["wamid"]),
        RedirectResponse("/elsewhere"),
    ],
)
async def test_an_answer_that_does_not_say_leaves_it_open(rig: GraphRig, answer: Response) -> None:
    assert isinstance(await answered(rig, answer), Uncertain)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (graph_error(190, status=401), "does not accept the access token"),
        (graph_error(100, status=400), "does not know this"),
        (PlainTextResponse("", 500), "status 500"),
    ],
)
async def test_a_check_says_what_is_wrong(rig: GraphRig, answer: Response, says: str) -> None:
    rig.answer = answer
    trouble = await rig.provider.check()
    assert trouble is not None
    assert says in trouble
    assert TOKEN not in trouble


def test_settings_show_no_secret_and_refuse_what_could_turn_a_path() -> None:
    usual = GraphRig().config("https://graph.facebook.com")
    assert "token" not in repr(WhatsAppProvider.from_config(usual)._config)
    for wrong in (
        {"phone_number_id": "1/../2"},
        {"base_url": "https://a@b"},
        {"api_version": "v1/../2"},
        {"access_token": ""},
        {"unknown": 1},
    ):
        with pytest.raises(AccountConfigInvalid) as refused:
            WhatsAppProvider.from_config({**usual, **wrong})
        assert TOKEN not in refused.value.detail


def test_both_secrets_are_believed_while_one_is_rolled_out() -> None:
    usual = {"access_token": "t", "app_secret": "new", "verify_token": "v"}
    assert GraphConfig(**usual).app_secrets == ("new",)
    assert GraphConfig(**usual, previous_app_secret="old").app_secrets == ("new", "old")
