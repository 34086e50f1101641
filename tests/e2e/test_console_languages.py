"""The console speaks the language that somebody chose, or that their browser asks for, and is read from its side."""

from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.access import is_accessible
from tests.e2e.agent import Agent
from tests.e2e.demo import Demo

pytestmark = pytest.mark.browser


async def sign_in(
    agent: Agent, demo: Demo, *, button: str, live: str, role: str = "supervisor"
) -> None:
    email, password = demo.person(role)
    page = agent.page
    await page.locator("input[type=email]").fill(email)
    await page.locator("input[type=password]").fill(password)
    await page.get_by_role("button", name=button, exact=True).click()
    await expect(page.get_by_text(live, exact=True)).to_be_visible()


@dataclass(frozen=True)
class Tongue:
    """A browser's language, and what the console then says."""

    locale: str
    direction: str
    sign_in: str
    live: str
    links: str


TONGUES = (
    Tongue("de-AT", "ltr", "Anmelden", "Live", "Links"),
    Tongue("ar-EG", "rtl", "دخول", "مباشر", "الروابط"),
    Tongue("es-MX", "ltr", "Iniciar sesión", "En vivo", "Enlaces"),
    Tongue("fr-CA", "ltr", "Se connecter", "En direct", "Liens"),
    Tongue("pt-BR", "ltr", "Entrar", "Ao vivo", "Links"),
    Tongue("pl-PL", "ltr", "Zaloguj się", "Na żywo", "Linki"),
    Tongue("hi-IN", "ltr", "साइन इन करें", "लाइव", "लिंक"),
    Tongue("zh-TW", "ltr", "登入", "即時", "連結"),
    Tongue("km-KH", "ltr", "ចូល", "ផ្ទាល់", "តំណ"),
    Tongue("fa-IR", "rtl", "ورود", "زنده", "پیوندها"),
    Tongue("zh-CN", "ltr", "登录", "实时", "链接"),
    Tongue("sv-SE", "ltr", "Sign in", "Live", "Links"),
)


PARTS = (
    *("account", "sessions", "canned-replies", "people", "teams", "roles", "keys", "accounts"),
    *("brand", "templates", "webhooks", "page-security", "limits", "retention", "journal"),
)
ROOMS = (*(f"settings/{part}" for part in PARTS), "reports")
FORGOTTEN = ("Admins change", "Usually ", "Nothing was", "Last run", "Never signed in", "Not known")


@pytest.mark.parametrize("tongue", TONGUES, ids=[each.locale for each in TONGUES])
async def test_it_speaks_as_the_browser_asks(demo: Demo, browser: Browser, tongue: Tongue) -> None:
    agent = await Agent.arrive(browser, demo, locale=tongue.locale)
    try:
        await sign_in(agent, demo, button=tongue.sign_in, live=tongue.live)
        page = agent.page
        assert tongue.direction == await page.evaluate("document.documentElement.dir")
        await expect(page.get_by_role("heading", name=tongue.links, level=1)).to_be_visible()
        for place in ("", "new", "floor", "conversations", "settings/limits"):
            await page.goto(f"{demo.service}/#/{place}")
            await page.wait_for_timeout(300)
            wide = "document.documentElement.scrollWidth > innerWidth"
            assert not await page.evaluate(wide), place
        await is_accessible(page)
        assert [] == agent.faults
    finally:
        await agent.context.close()


@pytest.mark.parametrize("tongue", TONGUES[:-1], ids=[each.locale for each in TONGUES[:-1]])
async def test_admins_have_their_rooms_in_it_too_also_on_a_phone(
    demo: Demo, browser: Browser, tongue: Tongue
) -> None:
    viewport = {"width": 390, "height": 844}
    agent = await Agent.arrive(browser, demo, locale=tongue.locale, viewport=viewport)
    try:
        await sign_in(agent, demo, button=tongue.sign_in, live=tongue.live, role="admin")
        page = agent.page
        for place in ROOMS:
            await page.goto(f"{demo.service}/#/{place}")
            await expect(page.locator("main :is(h1, h2):visible").first).to_be_visible()
            await page.wait_for_timeout(200)
            wide = "document.documentElement.scrollWidth > innerWidth"
            assert not await page.evaluate(wide), place
            # What is said in English in another language's room was forgotten.
            said = await page.locator("main").inner_text()
            assert [] == [each for each in FORGOTTEN if each in said], place
        await is_accessible(page)
        assert [] == agent.faults
    finally:
        await agent.context.close()


async def test_a_chosen_language_holds_and_keeps_what_was_typed(
    demo: Demo, browser: Browser
) -> None:
    agent = await Agent.arrive(browser, demo)
    try:
        await agent.sign_in("supervisor")
        page = agent.page
        await page.goto(f"{demo.service}/#/new")
        await page.get_by_label("Description").fill("Wasserrechnung")
        await page.get_by_role("button", name="Preferences").click()
        await (
            page.get_by_role("dialog").get_by_role("combobox", name="Language").select_option("de")
        )
        await expect(page.get_by_role("heading", name="Neuer Link")).to_be_visible()
        await expect(page.get_by_label("Beschreibung")).to_have_value("Wasserrechnung")
        await page.reload()
        await expect(page.get_by_role("heading", name="Neuer Link")).to_be_visible()
        await page.get_by_role("button", name="Vorlieben").click()
        await page.get_by_role("dialog").get_by_role("combobox", name="Sprache").select_option("")
        await expect(page.get_by_role("heading", name="New link")).to_be_visible()
    finally:
        await agent.context.close()


@pytest.mark.parametrize(("locale", "width"), [("ar", 390), ("de", 390), ("ar", 1024)])
async def test_nothing_is_cut_off_on_a_narrow_screen(
    demo: Demo, browser: Browser, locale: str, width: int
) -> None:
    agent = await Agent.arrive(
        browser, demo, locale=locale, viewport={"width": width, "height": 844}
    )
    try:
        page = agent.page
        await expect(page.locator("input[type=password]")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await is_accessible(page)
    finally:
        await agent.context.close()
