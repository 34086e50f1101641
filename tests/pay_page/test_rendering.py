"""The HTML itself: escaped, neutral to previews, small, free of anything inline."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest

from links.pay.asset_files import AssetFiles
from links.pay.compressing import compressed
from links.pay.rendering import PageState, PageView, PayPages, script_json
from tests.pay_page.stand import receipt_view

PAGE_BYTES_MAX = 20_000
PSP_BYTES_MAX = 2_500
NAUGHTY = """</script><img src=x onerror=alert(1)>"'{{ 111*111111 }}"""
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
        config={
            "base": "/p/token",
            "merchant": "Acme Outfitters",
            "amount_text": "£49.99",
            "psp": {"provider": "stripe", "mode": "fields"},
        },
    )


def with_psp(provider: str, mode: str) -> PageView:
    """A payable page of a merchant with this PSP."""
    found = view("payable")
    psp = {"provider": provider, "mode": mode}
    return replace(found, config={**(found.config or {}), "psp": psp})


@pytest.mark.parametrize("state", STATES)
def test_names_are_escaped_on_every_page(state: PageState) -> None:
    """What a merchant or an agent typed is text, never markup, in HTML and in the configuration."""
    naughty = replace(
        view(state),
        merchant_name=NAUGHTY,
        description=NAUGHTY,
        reference=NAUGHTY,
        agent_first_name=NAUGHTY,
        config={
            "base": "/p/token",
            "merchant": NAUGHTY,
            "psp": {"provider": "stripe", "mode": "fields"},
        },
    )
    html = PAGES.render(naughty)
    assert "<img src=x" not in html
    assert "12333321" not in html
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


@pytest.mark.parametrize(
    ("provider", "mode", "adapter"),
    [
        ("stripe", "fields", {"psp_stripe.js"}),
        ("adyen", "fields", {"psp_adyen.js", "psp_adyen.css"}),
        ("mollie", "redirect", {"leaving.js"}),
    ],
)
def test_the_page_weighs_at_most_20_kilobytes_and_a_psps_part_a_few_more(
    provider: str, mode: str, adapter: set[str]
) -> None:
    """HTML, style and the scripts that this PSP needs, compressed as they are served; no other PSP's part is loaded."""
    html = PAGES.render(with_psp(provider, mode))
    named = re.findall(r'(?:modulepreload|stylesheet)" href="/p/assets/([^"]+)"', html)
    ours = {
        name
        for name in (*ASSETS.parts(), "pay.css")
        if not name.startswith(("psp_", "leaving", "receipts", "later_"))
    }
    part = {found for found in named if found.startswith(("psp_", "leaving"))}
    assert {ASSETS.url(name).rpartition("/")[2] for name in ours} == set(named) - part
    assert {f"{name.partition('.')[0]}.{name.rpartition('.')[2]}" for name in part} == adapter
    assert len(compressed(html.encode(), "br")) + weight(set(named) - part) <= PAGE_BYTES_MAX
    assert weight(part) <= PSP_BYTES_MAX


def test_wallets_are_a_part_of_their_own_that_is_loaded_where_they_are_offered() -> None:
    """Beside the card fields, and within the same limits; at the PSP's own page there is no place for them."""
    psp = {"provider": "stripe", "mode": "fields", "config": {"wallets": "offered"}}
    config = with_psp("stripe", "fields").config or {}
    html = PAGES.render(replace(view("payable"), config={**config, "psp": psp}))
    named = re.findall(r'(?:modulepreload|stylesheet)" href="/p/assets/([^"]+)"', html)
    part = {found for found in named if found.startswith("psp_")}
    assert {name.partition(".")[0] for name in part} == {"psp_stripe", "psp_stripe_wallets"}
    assert len(compressed(html.encode(), "br")) + weight(set(named) - part) <= PAGE_BYTES_MAX
    assert weight(part) <= PSP_BYTES_MAX
    away = {**psp, "mode": "redirect"}
    elsewhere = PAGES.render(replace(view("payable"), config={**config, "psp": away}))
    assert 'id="wallets"' in html
    assert 'id="wallets"' not in elsewhere
    assert 'id="wallets"' not in PAGES.render(view("payable"))


def weight(names: set[str]) -> int:
    """What these files weigh on the line."""
    files = [ASSETS.find(name) for name in names]
    sizes = [len(found.asset.compressed["br"]) for found in files if found is not None]
    assert len(sizes) == len(files)
    return sum(sizes)


def test_where_the_psp_has_its_own_page_there_is_no_script_of_its_and_no_field() -> None:
    """Nothing is loaded from the PSP, and the page says where the payment continues."""
    html = PAGES.render(replace(with_psp("mollie", "redirect"), psp_script_url=""))
    assert "psp-script" not in html
    assert 'src=""' not in html
    assert "box-number" not in html
    assert "Payment continues on the secure page of the payment provider." in html


def test_a_psp_that_brings_its_own_boxes_gets_one_holder() -> None:
    """The component fills it as a whole."""
    html = PAGES.render(with_psp("adyen", "fields"))
    assert 'id="card"' in html
    assert "box-number" not in html


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
