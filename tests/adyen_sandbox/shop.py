"""A merchant's page with Adyen's component, as strict as the component allows, whose server is the test itself."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from playwright.async_api import FrameLocator, Locator, Page

from tests.adyen_sandbox.harness import CLIENT_KEY

NONCE = "YWR5ZW5zaG9w"

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Shop</title>
<link rel="stylesheet" href="%(far)s/checkoutshopper/sdk/6.33.0/adyen.css">
</head>
<body>
<main><h1>Acme Garden Ltd</h1><div id="card"></div><button id="pay">Pay £49.99</button></main>
<script nonce="%(nonce)s" src="%(far)s/checkoutshopper/sdk/6.33.0/adyen.js"></script>
<script nonce="%(nonce)s">
  window.heard = [];
  window.messages = [];
  window.violations = [];
  addEventListener('message', (event) => window.messages.push(JSON.stringify(event.data)));
  addEventListener('securitypolicyviolation', (event) =>
    window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
  const note = (name) => (told) => {
    const { rootNode, ...rest } = told ?? {};
    window.heard.push([name, rest]);
  };
  (async () => {
    const { AdyenCheckout, Card } = window.AdyenWeb;
    const checkout = await AdyenCheckout({
      clientKey: '%(key)s', environment: 'test', countryCode: 'GB', locale: 'en-GB',
      amount: { currency: 'GBP', value: 4999 },
      onSubmit: async (state, component, actions) => {
        note('submit')(state);
        actions.resolve(JSON.parse(await window.atServer('payments', JSON.stringify(state.data))));
      },
      onAdditionalDetails: async (state, component, actions) => {
        note('details')(state);
        actions.resolve(JSON.parse(await window.atServer('details', JSON.stringify(state.data))));
      },
      onPaymentCompleted: note('completed'),
      onPaymentFailed: note('failed'),
    });
    window.card = new Card(checkout, {
      showPayButton: false, hasHolderName: true,
      onChange: (state) => note('change')({
        isValid: state.isValid,
        errors: Object.values(state.errors).map((each) => each?.error ?? null),
      }),
      onFocus: note('focus'), onBlur: note('blur'), onFieldValid: note('valid'),
      onBrand: note('brand'), onConfigSuccess: note('ready'),
    }).mount('#card');
    document.getElementById('pay').addEventListener('click', () => window.card.submit());
  })();
</script>
</body>
</html>
"""


@dataclass
class Shop:
    """Serves the page on 127.0.0.1, another site than the far end's localhost."""

    far_url: str
    server: asyncio.Server | None = None
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    async def start(self) -> None:
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        assert self.server is not None
        self.server.close()

    def policy(self) -> str:
        far = self.far_url
        return "; ".join(
            [
                "default-src 'none'",
                f"script-src 'nonce-{NONCE}' {far}",
                f"style-src {far}",
                f"frame-src {far}",
                f"connect-src {far}",
                f"form-action {far}",
                "base-uri 'none'",
                "require-trusted-types-for 'script'",
            ]
        )

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        body = (PAGE % {"far": self.far_url, "nonce": NONCE, "key": CLIENT_KEY}).encode()
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
            f"Content-Length: {len(body)}\r\nContent-Security-Policy: {self.policy()}\r\n"
            "Connection: close\r\n\r\n"
        )
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()


def field(page: Page, label: str) -> Locator:
    """The input of a card field, found as a person finds it."""
    frame: FrameLocator = page.frame_locator(f'iframe[title="{label}"]')
    return frame.get_by_role("textbox", name=label)


async def fill(
    page: Page,
    number: str = "4111111145551142",
    expiry: str = "0330",
    code: str = "737",
    holder: str = "Jo Example",
) -> None:
    await field(page, "Card number").fill(number)
    await field(page, "Expiry date").fill(expiry)
    await field(page, "Security code").fill(code)
    await page.get_by_label("Name on card").fill(holder)


async def heard(page: Page, name: str) -> list[Any]:
    """What the page was told under a name."""
    told = await page.evaluate("JSON.stringify(window.heard)")
    return [each[1] for each in json.loads(told) if each[0] == name]
