"""The phone and the mailbox as a page, its assets, and each HTML mail in a locked room of its own."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from channels.simulator.errors import NotThere
from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel, Message
from channels.simulator.messenger_options import MessengerOptions
from channels.simulator.networks.sms.numbers import EXPLAINED

ASSETS = Path(__file__).resolve().parent.parent / "assets"

# The mail's own styles and pictures inside it may show; nothing is fetched from anywhere, nothing runs, and
# links open outside. The sandbox stands in the header too, so the address is safe to open by itself.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; form-action 'none'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
_CONTENT_ID = re.compile(r"cid:([^\"'\s)>]{1,200})", re.IGNORECASE)
# A mail that brings no colours of its own is read on paper white, as mail programs show it.
_MAIL_HEAD = (
    '<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light">'
    '<base target="_blank"><style>body{font:16px/1.5 system-ui,sans-serif;margin:16px;'
    "background:#fff;color:#1b1b1f;overflow-wrap:anywhere}img{max-width:100%;height:auto}</style>"
)

SHOP_LINK = '<a class="button" href="/shop" target="_blank" rel="noopener">The shop</a>'


class Pages:
    """The handlers, with what they need."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        source = (ASSETS / "index.html").read_text(encoding="utf-8")
        settings = {
            "link_origins": list(exchange.options.link_origins),
            "mail_answers": exchange.options.imap_port is not None,
            "numbers": [list(explained) for explained in EXPLAINED],
            "chats": [
                {
                    "channel": account.channel.value,
                    "address": account.address,
                    "name": account.name,
                    "phones": account.channel.has_phones,
                }
                for account in exchange.options.meta
            ]
            + _messengers(exchange.options.messengers),
        }
        shop = SHOP_LINK if exchange.options.webchat_script_url is not None else ""
        source = source.replace("{{shop}}", shop)
        self._page = source.replace("{{settings}}", html.escape(json.dumps(settings), quote=True))

    def routes(self) -> list[Route | Mount]:
        return [
            Route("/", self.phone, methods=["GET"]),
            Route("/mail/{message_id}", self.mail, methods=["GET"]),
            Mount("/assets", StaticFiles(directory=ASSETS)),
        ]

    async def phone(self, request: Request) -> Response:
        del request
        return HTMLResponse(self._page)

    async def mail(self, request: Request) -> Response:
        """One mail's HTML, for the reading pane's frame."""
        message = self._exchange.store.get(request.path_params["message_id"])
        if message is None or message.html is None:
            raise NotThere("There is no HTML mail with this id.")
        return HTMLResponse(
            _MAIL_HEAD + _with_images(message), headers={"Content-Security-Policy": MAIL_POLICY}
        )


def _messengers(options: MessengerOptions) -> list[dict[str, Any]]:
    """The apps of the networks that give their customers handles of their own."""
    known = (
        (Channel.TELEGRAM, "Telegram bot", options.telegram_bot_token),
        (Channel.CHATBOT, "Chatbot", options.chatbot_secret),
    )
    return [
        {"channel": channel.value, "address": channel.value, "name": name, "phones": False}
        for channel, name, secret in known
        if secret is not None
    ]


def _with_images(message: Message) -> str:
    """The HTML with references to parts of the mail (RFC 2392) replaced by those parts."""
    return _CONTENT_ID.sub(
        lambda found: message.images.get(found.group(1), found.group()), message.html or ""
    )
