"""Pictures of every screen, from a walk through a real demo: `python -m tests.e2e.screenshots DIR`.

Nothing is asserted here; somebody looks at the pictures. `DIR/paythread.png` is the one for the README: the agent's
screen beside the customer's phone, at the same moment.
"""

import asyncio
import base64
import json
import sys
import tempfile
import uuid
from pathlib import Path
from typing import Any

import httpx2
from PIL import Image
from playwright.async_api import Browser, Page, expect

from tests.e2e.agent import PATIENCE_MS, Agent
from tests.e2e.customer import CHALLENGED, DECLINED, GOOD, Customer, PayPage
from tests.e2e.demo import Demo, end, start_demo
from tests.support import chromium

WIDE: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
NARROW: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}
# A headless browser says what it is, and is told as a scanner. A customer's is not.
AS_A_PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36"
)
COLOURS = 256

# Other customers, so that the list looks like a morning's work. Numbers are of the range kept for fiction.
OTHERS = (
    ("Priya Natarajan", "+447700900141", 12900, "Boiler service", "JOB-3312", "pm_card_mastercard"),
    ("Tom Whitfield", "+447700900187", 7450, "Parking permit, renewal", "PP-88120", None),
    ("Marta Kowalczyk", "+447700900155", 3195, "Water bill, February", "INV-1987", "pm_card_visa"),
    (
        "Yusuf Demir",
        "+447700900162",
        26000,
        "Deposit, move 14 April",
        "RES-5521",
        "pm_card_visa_chargeDeclined",
    ),
    ("Hannah Lindqvist", "+447700900119", 5800, "Late fee", "INV-2006", None),
)


class Walk:
    """One demo, the agent at two screens, and where the pictures go."""

    def __init__(self, browser: Browser, demo: Demo, folder: Path) -> None:
        self.browser = browser
        self.demo = demo
        self.folder = folder
        self.wide: Agent
        self.narrow: Agent

    async def take(self, page: Page, name: str) -> None:
        await page.wait_for_timeout(
            700
        )  # animations and fonts: a picture has no condition to wait for
        await page.screenshot(path=self.folder / f"{name}.png")

    async def both(self, name: str, hash_: str | None = None) -> None:
        """The same screen of the console on the desk and on a phone."""
        for agent, size in ((self.wide, "1440"), (self.narrow, "390")):
            if hash_ is not None:
                await agent.page.evaluate("hash => { location.hash = hash; }", hash_)
            await self.take(agent.page, f"console-{name}-{size}")

    async def sign_in(self) -> None:
        self.wide = await Agent.arrive(self.browser, self.demo, **WIDE)
        self.narrow = await Agent.arrive(self.browser, self.demo, **NARROW)
        for agent in (self.wide, self.narrow):
            await expect(agent.page.get_by_role("button", name="Sign in")).to_be_visible(
                timeout=PATIENCE_MS
            )
        await self.both("sign-in")
        await self.wide.sign_in()
        await self.narrow.sign_in()

    async def morning(self) -> None:
        """Links of other customers, in different states."""
        client = self.demo.client
        email, password = self.demo.person()
        signed = await client.post(
            f"{self.demo.service}/v1/sessions",
            json={"email": email, "password": password},
            headers={"Origin": self.demo.service},
        )
        headers = {"X-CSRF-Token": signed.json()["csrf_token"], "Origin": self.demo.service}
        for name, phone, amount, description, reference, method in OTHERS:
            made = await client.post(
                f"{self.demo.service}/v1/links",
                json={
                    "amount": amount,
                    "currency": "GBP",
                    "description": description,
                    "reference": reference,
                    "customer": {"name": name, "phone": phone},
                    "send": [{"channel": "sms"}],
                },
                headers={**headers, "Idempotency-Key": str(uuid.uuid4())},
            )
            if method is not None:
                await self._pay(made.json()["url"], method)

    async def _pay(self, url: str, method: str) -> None:
        client = self.demo.client
        text = (await client.get(url)).text
        start = text.index(">", text.index('id="paythread-config"')) + 1
        config = json.loads(text[start : text.index("</script>", start)])
        headers = {"X-Page-Nonce": config["nonce"]}
        for report in (
            {"event": "opened", "by": "touch", "device": "mobile"},
            {"event": "field_focused", "field": "number", "device": "mobile"},
        ):
            await client.post(
                f"{url}/progress", json={"page": config["page"], **report}, headers=headers
            )
        await client.post(
            f"{url}/attempts",
            json={"page": config["page"], "method": method, "revision": config["revision"]},
            headers=headers,
        )

    async def show(self, link: str) -> None:
        """Both of the agent's screens show this link, from its top."""
        for agent in (self.wide, self.narrow):
            await agent.page.evaluate("link => { location.hash = `#/links/${link}`; }", link)
            await expect(agent.log.locator("li").first).to_be_visible(timeout=PATIENCE_MS)

    async def url(self, link: str) -> str:
        return str((await self.demo.get(f"/v1/links/{link}"))["url"])

    async def console(self) -> None:
        """The console from the list to a paid and a declined link, and both halves of the README's picture."""
        await self.both("list")
        for agent, size in ((self.wide, "1440"), (self.narrow, "390")):
            await agent.fill_form()
            await self.take(agent.page, f"console-composer-{size}")
        link = await self.wide.send()
        await self.wide.sees("message.delivered")
        await self.show(link)
        await self.both("sent")

        customer = await Customer.arrive(
            self.browser, self.demo, device_scale_factor=2, user_agent=AS_A_PHONE
        )
        page = await customer.open(await self.url(link))
        await page.type_into("Card number", GOOD)
        await page.type_into("Expiry date", "1234")
        await self.wide.sees_field("The expiry date is complete.")
        await self.both("in-progress")
        await self.take(self.wide.page, "readme-agent")
        await self.take(page.page, "readme-phone")
        await page.type_into("Security code", "831")
        await page.press_pay()
        await page.has_receipt()
        await self.wide.sees("payment.paid")
        await self.both("paid")
        await self.both("list-later", "#/links")

        await self.wide.fill_form()
        declined = await self.wide.send()
        page = await customer.open(await self.url(declined))
        await page.pay(DECLINED)
        await self.wide.sees("payment.declined")
        await self.show(declined)
        await self.both("declined")
        await customer.leave()

    async def pay_page(self, scheme: str) -> None:
        """The customer's page in one colour scheme: form, error, challenge, receipt, and a link that is over."""
        customer = await Customer.arrive(
            self.browser,
            self.demo,
            color_scheme=scheme,
            device_scale_factor=2,
            user_agent=AS_A_PHONE,
        )
        await self.wide.fill_form()
        link = await self.wide.send()
        page = await customer.open(await self.url(link))
        await expect(page.card_field("Security code")).to_be_visible(timeout=PATIENCE_MS)
        await self.take(page.page, f"pay-form-{scheme}")
        await page.type_into("Card number", "4242424242424241")
        await page.type_into("Expiry date", "12")
        await page.press_pay()
        await self.take(page.page, f"pay-fields-wrong-{scheme}")
        await page.pay(DECLINED)
        await expect(page.page.get_by_role("alert")).not_to_be_empty(timeout=PATIENCE_MS)
        await self.take(page.page, f"pay-declined-{scheme}")
        await page.pay(CHALLENGED)
        await expect(page.bank.get_by_role("button", name="Complete")).to_be_visible(
            timeout=PATIENCE_MS
        )
        await self.take(page.page, f"pay-challenge-{scheme}")
        await page.answer_bank("Complete")
        await page.has_receipt()
        await self.take(page.page, f"pay-receipt-{scheme}")
        await page.page.reload()
        await self.take(page.page, f"pay-already-paid-{scheme}")
        await self._ended(customer, scheme)
        await customer.leave()

    async def _ended(self, customer: Customer, scheme: str) -> None:
        await self.wide.fill_form()
        link = await self.wide.send()
        key = {"Idempotency-Key": str(uuid.uuid4())}
        await self.demo.post(f"/v1/links/{link}/cancel", {}, **key)
        page: PayPage = await customer.open(await self.url(link))
        await self.take(page.page, f"pay-cancelled-{scheme}")

    async def simulator(self) -> None:
        """The phone and mailbox, as somebody sees them who tries the demo."""
        context = await self.browser.new_context(**WIDE)
        page = await context.new_page()
        await page.goto(self.demo.simulator)
        await page.locator("button.thread").first.click()
        await page.locator(".mail-list li button").first.click()
        await self.take(page, "simulator-1440")
        await context.close()

    async def compose(self) -> None:
        """The README's picture: the agent's screen, and the phone before it."""
        context = await self.browser.new_context(viewport={"width": 1560, "height": 960})
        page = await context.new_page()
        await page.set_content(
            _TOGETHER.format(
                agent=_inline(self.folder / "readme-agent.png"),
                phone=_inline(self.folder / "readme-phone.png"),
            )
        )
        path = self.folder / "paythread.png"
        await page.wait_for_function("[...document.images].every(each => each.complete)")
        await page.screenshot(path=path)
        await context.close()
        with Image.open(path) as picture:
            # By coverage, which keeps a colour that is rare: the red of the one declined link.
            small = picture.convert("RGB").quantize(
                COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=4, dither=Image.Dither.NONE
            )
        small.save(path, optimize=True)
        print(f"{path}: {path.stat().st_size // 1000} kB")


_TOGETHER = """<!doctype html><style>
body {{ margin: 0; height: 960px; background: #e9eeec; position: relative; overflow: hidden; }}
img {{ display: block; }}
.agent {{ position: absolute; left: 36px; top: 36px; width: 1420px; border-radius: 12px; overflow: hidden;
  box-shadow: 0 2px 6px #0003, 0 18px 50px #0002; }}
.agent img {{ width: 1420px; }}
.phone {{ position: absolute; right: 30px; bottom: 30px; width: 312px; padding: 10px; border-radius: 42px;
  background: #16211e; box-shadow: 0 2px 8px #0005, 0 24px 60px #0005; }}
.phone img {{ width: 312px; border-radius: 33px; }}
</style>
<div class="agent"><img src="{agent}"></div><div class="phone"><img src="{phone}"></div>"""


def _inline(path: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}"


async def main(folder: Path) -> None:
    """Walks through a demo of its own and leaves the pictures in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    program = chromium.find_chromium()
    assert program is not None, "no browser is here"
    with tempfile.TemporaryDirectory() as data:
        async with (
            httpx2.AsyncClient(timeout=30, trust_env=False) as client,
            chromium.launched(program) as browser,
        ):
            demo = start_demo(Path(data) / "demo", client)
            try:
                await demo.until_ready()
                walk = Walk(browser, demo, folder)
                await walk.sign_in()
                await walk.morning()
                await walk.console()
                for scheme in ("light", "dark"):
                    await walk.pay_page(scheme)
                await walk.simulator()
                await walk.compose()
            finally:
                end(demo)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m tests.e2e.screenshots DIR")
    asyncio.run(main(Path(sys.argv[1])))
