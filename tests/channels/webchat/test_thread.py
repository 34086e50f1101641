"""A visitor's thread (channels.webchat.thread): nothing missed, nothing twice, nothing that was not sent."""

from channels.port import Button, Content
from channels.webchat.thread import SHOWN_MAX
from tests.channels.conftest import LINK
from tests.channels.webchat.conftest import Chat


async def test_the_cursor_brings_what_is_new_and_nothing_twice(chat: Chat) -> None:
    visitor = await chat.arrive()
    assert (await visitor.ask()).json() == {"data": [], "cursor": "0", "whole": True, "waits": True}
    await visitor.write("One", "aaaaaaaa")
    first = (await visitor.ask(after="0")).json()
    assert [each["text"] for each in first["data"]] == ["One"]
    await chat.say(visitor, Content("Two"))
    second = (await visitor.ask(after=first["cursor"])).json()
    assert ([each["text"] for each in second["data"]], second["whole"]) == (["Two"], False)
    third = (await visitor.ask(after=second["cursor"])).json()
    assert (third["data"], third["cursor"]) == ([], second["cursor"])


async def test_what_is_queued_shows_once_it_is_sent_even_after_younger_words(chat: Chat) -> None:
    """A link that waits for a second person is older than what is said meanwhile."""
    visitor = await chat.arrive()
    await chat.desk.queue(channel="webchat", to=visitor.visitor, content=Content("Late"), link=None)
    chat.desk.clock.advance(seconds=1)
    await visitor.write("Early", "aaaaaaaa")
    seen = (await visitor.ask()).json()
    assert [each["text"] for each in seen["data"]] == ["Early"]
    await chat.desk.drain()
    news = (await visitor.ask(after=seen["cursor"])).json()
    assert ([each["text"] for each in news["data"]], news["whole"]) == (["Late", "Early"], True)


async def test_what_was_never_sent_is_never_shown(chat: Chat) -> None:
    visitor = await chat.arrive()
    await visitor.write("STOP")
    assert [each["text"] for each in await visitor.thread()] == ["STOP"]


async def test_a_button_that_leads_elsewhere_is_no_card(chat: Chat) -> None:
    visitor = await chat.arrive()
    for url in ("https://evil.example/p/Tok3n", "https://pay.example.test.evil.example/p/Tok3n"):
        await chat.say(visitor, Content(f"Pay here: {url}", button=Button("Pay", url)), link=LINK)
        told = (await visitor.thread())[-1]
        assert (told["button"], told["text"]) == (None, f"Pay here: {url}")


async def test_a_long_thread_shows_its_end(chat: Chat) -> None:
    visitor = await chat.arrive()
    for number in range(SHOWN_MAX + 3):
        await chat.say(visitor, Content(f"Number {number}"))
    shown = await visitor.thread()
    assert len(shown) == SHOWN_MAX
    assert shown[-1]["text"] == f"Number {SHOWN_MAX + 2}"
