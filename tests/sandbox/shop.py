"""A merchant's page as strict as the pay page: its own scripts by nonce, the sandbox, nobody else."""

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Locator, Page

NONCE = "c2FuZGJveHNob3A"

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shop</title>
<link rel="stylesheet" href="/shop.css">
</head>
<body>
<main>
<h1>Acme Garden Ltd</h1>
<p class="sum">£49.99</p>
<form id="form">
<label id="l1">Card number</label><div class="box" id="number"></div>
<div class="pair">
<div><label id="l2">Expiry date</label><div class="box padded" id="expiry"></div></div>
<div><label id="l3">Security code</label><div class="box" id="cvc"></div></div>
</div>
<p role="alert" id="problem"></p>
<button id="pay">Pay £49.99</button>
</form>
</main>
<script nonce="%(nonce)s" src="%(sandbox)s/v3/"></script>
<script nonce="%(nonce)s">
  const heard = [];
  window.messages = [];
  window.violations = [];
  addEventListener('message', (event) => window.messages.push(JSON.stringify(event.data)));
  addEventListener('securitypolicyviolation', (event) =>
    window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
  const about = new URLSearchParams(location.search);
  const locale = about.get('locale') || 'en';
  if (about.get('dark')) document.documentElement.classList.add('dark');
  const stripe = Stripe('%(key)s', { locale });
  const elements = stripe.elements({ locale });
  const fields = {};
  for (const [kind, place] of [
    ['cardNumber', '#number'], ['cardExpiry', '#expiry'], ['cardCvc', '#cvc'],
  ]) {
    const style = about.get('look') ? { base: { color: 'rgb(1, 2, 3)', fontSize: '18px',
      '::placeholder': { color: 'rgb(4, 5, 6)' } } } : {};
    const field = elements.create(kind, { style });
    for (const event of ['ready', 'focus', 'blur', 'change', 'escape']) {
      field.on(event, (payload) => {
        heard.push([event, payload]);
        if (event === 'change') {
          document.getElementById('problem').textContent = payload.error?.message ?? '';
        }
      });
    }
    field.mount(place);
    fields[kind] = field;
  }
  window.submitted = 0;
  document.getElementById('form').addEventListener('submit', (event) => {
    event.preventDefault();
    window.submitted += 1;
  });
  Object.assign(window, { stripe, elements, fields, heard });
</script>
</body>
</html>
"""

STYLE = """
:root { color: #14213d; background: #f6f7fb; font: 16px/1.5 system-ui, sans-serif; }
:root.dark { color: #e8ecf6; background: #10151f; }
body { margin: 0; }
main { max-width: 420px; margin: 0 auto; padding: 24px; }
.sum { font-size: 2rem; margin: 0 0 16px; font-weight: 700; }
form { display: grid; gap: 6px; }
label { font-weight: 600; font-size: .9rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
.box { height: 44px; box-sizing: border-box; border: 1px solid #8b97ad; border-radius: 10px;
  padding: 0 14px; background: #fff; color: #14213d; }
.dark .box { background: #1a2230; border-color: #4a566e; color: #e8ecf6; }
.box.padded { height: auto; padding: 10px 14px; }
.box.StripeElement--focus { outline: 3px solid #2563eb; }
.box.StripeElement--invalid { border-color: #b3261e; }
#problem { color: #b3261e; min-height: 1.5em; margin: 0; }
.dark #problem { color: #ff8f87; }
button { min-height: 48px; border: 0; border-radius: 10px; background: #1d4ed8; color: #fff;
  font: inherit; font-weight: 650; }
"""


@dataclass
class Shop:
    """Serves the page on 127.0.0.1, another site than the sandbox's localhost."""

    sandbox_url: str
    key: str
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
        return "; ".join(
            (
                "default-src 'none'",
                f"script-src 'nonce-{NONCE}' {self.sandbox_url}",
                f"frame-src {self.sandbox_url}",
                f"connect-src 'self' {self.sandbox_url}",
                "style-src 'self'",
                "img-src 'self'",
                "form-action 'self'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types 'none'",
            )
        )

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
        except asyncio.IncompleteReadError:
            writer.close()
            return
        path = urlsplit(head.split(" ")[1]).path
        body, kind = b"", "text/plain"
        if path == "/":
            text = PAGE % {"nonce": NONCE, "sandbox": self.sandbox_url, "key": self.key}
            body, kind = text.encode(), "text/html; charset=utf-8"
        elif path == "/shop.css":
            body, kind = STYLE.encode(), "text/css"
        status = "200 OK" if kind != "text/plain" or path == "/done" else "404 Not Found"
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
            f"Content-Security-Policy: {self.policy()}\r\nReferrer-Policy: strict-origin\r\n"
            "Connection: close\r\n\r\n".encode()
            + body
        )
        await writer.drain()
        writer.close()


TITLES = {
    "cardNumber": "Secure card number input frame",
    "cardExpiry": "Secure expiry date input frame",
    "cardCvc": "Secure security code input frame",
}
LABELS = {"cardNumber": "Card number", "cardExpiry": "Expiry date", "cardCvc": "Security code"}


def field(page: Page, kind: str) -> Locator:
    """The input of a card field, by the names that a customer meets."""
    return page.frame_locator(f'iframe[title="{TITLES[kind]}"]').get_by_label(
        LABELS[kind], exact=True
    )


async def fill(
    page: Page, number: str = "4242424242424242", expiry: str = "1234", cvc: str = "123"
) -> None:
    await field(page, "cardNumber").press_sequentially(number)
    await field(page, "cardExpiry").press_sequentially(expiry)
    await field(page, "cardCvc").press_sequentially(cvc)


async def make_method(page: Page) -> Any:
    return await page.evaluate(
        "stripe.createPaymentMethod({type: 'card', card: fields.cardNumber,"
        " billing_details: {name: 'Jo Example', address: {postal_code: 'N1 1AA'}}})"
    )


async def until(page: Page, expression: str, argument: object = None) -> None:
    """Waits for something in the page, by looking again and again: its policy forbids the page to
    evaluate the expression by itself."""
    for _ in range(500):
        if await page.evaluate(expression, argument):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"it did not happen in time: {expression}")
