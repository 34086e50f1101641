"""What axe finds on a screen of the console."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page


async def is_accessible(page: Page) -> None:
    """Nothing, in light and in dark."""
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        await page.wait_for_timeout(250)
        found = (await Axe().run(page)).response["violations"]
        assert [] == [(each["id"], each["nodes"][0]["html"]) for each in found]
    await page.emulate_media(color_scheme="light")
