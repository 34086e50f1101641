"""The HTML itself: escaped, neutral to previews, small, free of anything inline."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest

from links.pay.asset_files import AssetFiles
from links.pay.rendering import PageState, PageView, PayPages, script_json
from tests.pay_page.stand import receipt_view

KILOBYTES_MAX = 20
NAUGHTY = """</script><img src=x onerror=alert(1)>"'{{ 7*7 }}"""
ASSETS = AssetFiles.load()
PAGES = PayPages(ASSETS)
STATES: tuple[PageState, ...] = get_args(PageState)


def view(state: PageState) -> PageView:
    return PageView(
        state=state,
        nonce="bm9uY2Vub25jZW5vbmNl",
        merchant_name="Acme Outfitters",
        description="Winter boots",
        reference="ORDER-10433",
        amount_text="£49.99",
        agent_first_name="Sarah",
        receipt=receipt_view(datetime(2026, 11, 22, 13, 5, tzinfo=UTC))
        if state == "paid"
        else None,
        psp_script_url="https://psp.example/v3/",
        config={"base": "/p/token", "merchant": "Acme Outfitters", "amount_text": "£49.99"},
    )


@pytest.mark.parametrize("state", STATES)
def test_names_are_escaped_on_every_page(state: PageState) -> None:
    """What a merchant or an agent typed is text, never markup, in HTML and in the configuration."""
    naughty = replace(
        view(state),
        merchant_name=NAUGHTY,
        description=NAUGHTY,
        reference=NAUGHTY,
        agent_first_name=NAUGHTY,
        config={"merchant": NAUGHTY},
    )
    html = PAGES.render(naughty)
    assert "<img" not in html
    assert "49" not in re.sub(r"49\.99|10433", "", html)
    assert html.count("</script>") == html.count("<script")


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_inline_and_every_script_has_the_nonce(state: PageState) -> None:
    """The strict policy finds nothing to forbid."""
    html = PAGES.render(view(state))
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", html) == []
    scripts = re.findall(r"<script[^>]*>", html)
    assert [tag for tag in scripts if 'nonce="bm9uY2Vub25jZW5vbmNl"' not in tag] == []


@pytest.mark.parametrize("state", STATES)
def test_previews_learn_nothing(state: PageState) -> None:
    """Title, description and Open Graph carry neither amount nor name, and robots are sent away."""
    head = PAGES.render(view(state)).partition("</head>")[0]
    assert "49.99" not in head
    assert "Acme" not in head
    assert '<meta property="og:title" content="Secure payment">' in head
    assert 'name="robots" content="noindex' in head


@pytest.mark.parametrize("state", ["not_found", "error"])
def test_pages_without_a_payment_name_nobody(state: PageState) -> None:
    """An unknown link's page is the same whoever might have sent it."""
    html = PAGES.render(view(state))
    assert "Acme" not in html
    assert "49.99" not in html
    assert html == PAGES.render(PageView(state=state, nonce="bm9uY2Vub25jZW5vbmNl"))


def test_the_whole_page_weighs_at_most_20_kilobytes() -> None:
    """HTML, style sheet and scripts together, compressed as they are served."""
    html = gzip.compress(PAGES.render(view("payable")).encode(), 9)
    files = [ASSETS.find(name) for name in (*ASSETS.modules(), "pay.css")]
    sizes = [len(found.asset.compressed) for found in files if found is not None]
    assert len(sizes) == len(files)
    assert len(html) + sum(sizes) <= KILOBYTES_MAX * 1000


def test_nothing_blocks_rendering_but_our_own_style() -> None:
    """Every script is a module, deferred or async; one style sheet."""
    html = PAGES.render(view("payable"))
    for tag in re.findall(r"<script[^>]*src=[^>]*>", html):
        assert 'type="module"' in tag or " async " in tag
    assert html.count('rel="stylesheet"') == 1


def test_the_configuration_brings_its_texts() -> None:
    """The browser finds its words beside its settings."""
    html = PAGES.render(view("payable"))
    found = re.search(r'id="paythread-config"[^>]*>(.*?)</script>', html)
    assert found is not None
    config = json.loads(found[1])
    assert config["base"] == "/p/token"
    assert config["texts"]["pay"] == "Pay {amount}"


def test_json_in_a_script_cannot_end_it() -> None:
    """No `<` and no line separator survives, and the value is the same."""
    value = {"a": "</script><!--\u2028\u2029"}
    text = script_json(value)
    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text) == value


def test_a_page_that_lacks_its_parts_is_refused() -> None:
    """A payable page without its configuration is a programmer's error."""
    with pytest.raises(AssertionError):
        PAGES.render(
            PageView(state="payable", nonce="n", merchant_name="Acme", amount_text="£1.00")
        )
