"""Every state of the page in every language, on phone and desk, light and dark: axe finds nothing, nothing is cut off.

By default each state in each language on a phone in light colours, and of the other looks as many as pair each one with
each state and each language. `MATRIX=full` in the environment walks all of them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from core.money import Money
from links.money_text import local_digits, money_text
from links.pay.languages import NAMES, text_direction
from links.pay.rendering import TEMPLATES, local_time
from links.pay.texts import translate
from tests.pay_page.customer import PHONE, Customer, OpenPage, until
from tests.pay_page.stand import Link, Reply, Stand, receipt_view
from tests.pay_page.test_paying import PAID, declined

pytestmark = pytest.mark.browser

MOMENT = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
SERVED = [*TEMPLATES]
LIVE = ["errors", "declined", "busy", "waiting", "processing", "bank", "receipt", "offline", "help"]
LANGUAGES = [*NAMES]
WIDTHS = (390, 1440)
LOOKS = [look for look in product(WIDTHS, ("light", "dark")) if look != (390, "light")]
FULL = os.environ.get("MATRIX") == "full"
# Motion that fades would be measured half way.
STILL = "document.getAnimations().forEach((one) => { try { one.finish() } catch { one.cancel() } })"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """all => all.filter((e) => { const r = e.getBoundingClientRect(); return Math.min(r.width, r.height) < 24 })
  .map((e) => e.outerHTML)"""


def link_in(stand: Stand, locale: str, state: str) -> Link:
    """A link whose page is in this language and state."""
    amount = money_text(Money.of(123456, "GBP"), locale)
    served: Any = state if state in SERVED else "payable"
    receipt = receipt_view(MOMENT) if state == "paid" else None
    when = local_time(MOMENT, locale)
    return stand.link(
        served,
        locale=locale,
        amount_text=amount,
        receipt=receipt,
        expires_text=when,
        expires_at=MOMENT,
    )


async def reach(customer: Customer, link: Link, state: str) -> None:
    """Brings the page into one of `LIVE`, whatever its language."""
    page = customer.page
    await customer.ready()
    live = {"processing": "processing", "waiting": "waiting", "bank": "challenge"}
    if state == "errors":
        await page.locator("#pay").click()
        await expect(page.locator("#alert")).not_to_be_empty()
    elif state == "offline":
        await customer.context.set_offline(True)
        await expect(page.locator("#network")).not_to_be_empty()
    elif state == "help":
        await page.locator("#help").click()
        told = translate(link.view.locale, "live.help.told")
        await expect(page.locator("#help-status")).to_have_text(told)
    else:
        if state in live:
            result = {"status": live[state], "attempt": "att_1"}
            link.answers("attempts", Reply(result))
        elif state == "declined":
            link.answers("attempts", declined("card_declined", ""))
        else:
            link.answers("attempts", Reply(PAID.body, delay_seconds=3) if state == "busy" else PAID)
        await customer.type_card()
        if state in live:
            # At the first touch the page asks how things stand; that answer is still of before the payment.
            await until(lambda: link.state_asked > 0)
            link.stands("in_progress", attempt="att_1", result=result)
        await page.locator("#pay").click()
        shown = {"declined": "#alert", "busy": "#status", "receipt": "#receipt-title"}
        await expect(page.locator(shown.get(state, "#wait-title"))).to_be_visible()


async def faults_of(customer: Customer) -> list[object]:
    """What axe finds, and how far the page can be scrolled sideways."""
    await customer.page.evaluate(STILL)
    violations = (await Axe().run(customer.page)).response["violations"]
    found: list[object] = [
        (rule["id"], [node["html"] for node in rule["nodes"]]) for rule in violations
    ]
    over = await customer.page.evaluate(OVERFLOW)
    return [*found, f"{over} px too wide"] if over > 0 else found


async def look(customer: Customer, width: int, scheme: Any) -> None:
    height = 844 if width == 390 else 900
    await customer.page.set_viewport_size({"width": width, "height": height})
    await customer.page.emulate_media(color_scheme=scheme)


@pytest.mark.parametrize("locale", LANGUAGES)
async def test_every_state_is_accessible(stand: Stand, open_page: OpenPage, locale: str) -> None:
    """The language and direction are said, axe finds nothing, and nothing runs out of the page."""
    customer = await open_page(link_in(stand, locale, "not_found"))
    html = customer.page.locator("html")
    found: dict[object, object] = {}
    for number, state in enumerate([*SERVED, *LIVE]):
        link = customer.link = link_in(stand, locale, state)
        await look(customer, 390, "light")
        await customer.page.goto(stand.url(link))
        assert (locale, text_direction(locale)) == (
            await html.get_attribute("lang"),
            await html.get_attribute("dir"),
        )
        if state in LIVE:
            await reach(customer, link, state)
        found[state, 390, "light"] = await faults_of(customer)
        for which, (width, scheme) in enumerate(LOOKS):
            if FULL or (LANGUAGES.index(locale) + number) % 12 == which:
                await look(customer, width, scheme)
                found[state, width, scheme] = await faults_of(customer)
        await customer.context.set_offline(False)
    assert {where: faults for where, faults in found.items() if faults} == {}


@pytest.mark.parametrize("locale", LANGUAGES)
async def test_it_fits_a_screen_at_400_percent_with_every_choice_open(
    stand: Stand, open_page: OpenPage, locale: str
) -> None:
    """1280 pixels at 400 % are 320: all reflows, the list of languages too, and targets stay large enough."""
    customer = await open_page(
        link_in(stand, locale, "payable"), viewport={"width": 320, "height": 256}
    )
    for state in ("payable", "paid", "not_found", "expired"):
        await customer.page.goto(stand.url(link_in(stand, locale, state)))
        await customer.page.locator(".languages summary").click()
        await expect(customer.page.locator(".languages a").last).to_be_visible()
        assert await customer.page.evaluate(OVERFLOW) <= 0, state
        targets = customer.page.locator(
            "button:visible, .box:visible, .languages a, summary:visible"
        )
        assert await targets.evaluate_all(SMALL) == [], state


@pytest.mark.parametrize("locale", ["en", "ar", "km", "zh-Hant"])
async def test_high_contrast_and_less_motion_are_respected(
    stand: Stand, open_page: OpenPage, locale: str
) -> None:
    """With forced colours axe still finds nothing; with reduced motion nothing on the page moves for ever."""
    customer = await open_page(
        link_in(stand, locale, "in_progress"), forced_colors="active", reduced_motion="reduce"
    )
    await expect(customer.page.locator("#wait-title")).to_be_visible()
    running = "document.getAnimations().filter((a) => a.playState === 'running').length"
    assert await customer.page.evaluate(running) == 0
    assert await faults_of(customer) == []
    await customer.page.goto(stand.url(link_in(stand, locale, "payable")))
    await customer.ready()
    assert await faults_of(customer) == []


async def test_the_switch_changes_the_language_and_keeps_who_is_paying(
    stand: Stand, open_page: OpenPage
) -> None:
    """A plain link: without a script too; what the tab remembers is still there, and a reload keeps the language."""
    link = link_in(stand, "en", "payable")
    customer = await open_page(link)
    page = customer.page
    await customer.ready()
    await page.locator("#title").click()
    await page.evaluate(
        "key => sessionStorage.setItem(key, 'mine')", f"paythread-payer:/p/{link.token}"
    )
    await page.locator(".languages summary").click()
    await page.get_by_role("link", name="فارسی").click()
    await expect(page.locator("html")).to_have_attribute("dir", "rtl")
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("lang", "fa")
    await expect(page.get_by_role("link", name="فارسی")).to_have_count(0)
    await customer.ready()
    kept = await page.evaluate(
        "key => sessionStorage.getItem(key)", f"paythread-payer:/p/{link.token}"
    )
    assert kept == "mine"
    # Whoever has touched the page before is there again at once.
    assert link.events().count("joined") >= 2


@pytest.mark.parametrize("reader", ["en-GB", "km-KH"])
async def test_a_time_is_told_in_the_pages_language_or_in_figures(
    stand: Stand, open_page: OpenPage, reader: str
) -> None:
    """A browser that knows no months of the language gives figures: no English words, and no codes for months."""
    for locale in LANGUAGES:
        customer = await open_page(link_in(stand, locale, "payable"), locale=reader)
        await customer.ready()
        told = await customer.page.locator("#expires time").inner_text()
        english = (
            {"November", "AM", "PM", "M11", "UTC"} if locale not in ("en", "de") else set[str]()
        )
        assert [word for word in sorted(english) if word in told] == [], (locale, told)
        await customer.context.close()


@pytest.mark.parametrize("locale", LANGUAGES)
def test_there_is_a_font_for_the_language(locale: str) -> None:
    """Else what a browser shows here is boxes, and says nothing of how the page looks."""
    lister = shutil.which("fc-list")
    if lister is None:
        pytest.skip("no fc-list on this machine")
    letters = " ".join(f"{ord(letter):x}" for letter in sorted(set(NAMES[locale])))
    asked = [lister, f":charset={letters}", "family"]
    found = subprocess.run(asked, capture_output=True, check=True)
    if not found.stdout:
        pytest.skip(f"no font for {locale} on this machine: fonts-noto-core, fonts-droid-fallback")


async def test_the_switch_works_without_scripts(stand: Stand, open_page: OpenPage) -> None:
    """The list opens and its links lead to the same page."""
    customer = await open_page(link_in(stand, "en", "payable"), java_script_enabled=False)
    await customer.page.locator(".languages summary").click()
    await customer.page.get_by_role("link", name="Polski").click()
    await expect(customer.page.locator("h1")).to_have_text("Płatność dla Acme Outfitters")


@pytest.mark.parametrize("locale", ["en", "ar", "fa", "de"])
async def test_fields_and_button_are_named_in_the_language(
    stand: Stand, open_page: OpenPage, locale: str
) -> None:
    """The groups by their labels, the button by the amount, the PSP's script by its tag for the language."""
    link = link_in(stand, locale, "payable")
    customer = await open_page(link, **PHONE)
    await customer.ready()
    for name in ("number", "expiry", "cvc"):
        label = translate(locale, f"field.{name}")
        await expect(customer.page.get_by_role("group", name=label)).to_be_visible()
    pays = translate(locale, "pay.button", amount=link.view.amount_text or "")
    await expect(customer.page.locator("#pay")).to_have_accessible_name(pays)
    digits = local_digits("1", locale)
    assert digits in pays
    assert (
        await customer.page.locator("#box-number").evaluate("e => getComputedStyle(e).direction")
        == "ltr"
    )


@pytest.mark.parametrize(
    ("locale", "seconds", "says"),
    [
        ("pl", 3, "Można spróbować ponownie za 3 sekundy."),
        ("pl", 5, "Można spróbować ponownie za 5 sekund."),
        ("ar", 2, "يمكنك المحاولة مرة أخرى بعد ثانيتين."),
        ("en", 1, "You can try again in 1 second."),
        ("fa", 4, "\u2068۴\u2069 ثانیهٔ دیگر می‌توانید دوباره تلاش کنید."),
    ],
)
async def test_numbers_are_counted_by_the_rules_of_the_language(
    stand: Stand, open_page: OpenPage, locale: str, seconds: int, says: str
) -> None:
    """The browser picks the plural form, and writes the language's digits."""
    link = link_in(stand, locale, "payable")
    wait = {"Retry-After": str(seconds)}
    link.answers("attempts", Reply({"code": "rate_limited"}, status=429, headers=wait))
    customer = await open_page(link)
    await customer.type_card()
    heard = """() => {
      const place = document.getElementById("countdown");
      window.heard = [];
      const hear = () => window.heard.push(place.textContent);
      new MutationObserver(hear).observe(place, { childList: true, subtree: true });
    }"""
    await customer.page.evaluate(heard)
    await customer.page.locator("#pay").click()
    await expect(customer.page.locator("#countdown")).to_be_visible()
    assert (await customer.page.evaluate("window.heard"))[0] == says
