"""A shop's page on an origin of its own, with the merchant's web chat in it: what any web site would embed.

`?lang=ar` shows the page, and with it the chat, in that language.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from channels.simulator.errors import NotThere
from channels.simulator.options import Options

_PAGE = Path(__file__).resolve().parent.parent / "assets" / "shop.html"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{2,4})?")
_RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}


class Shop:
    """The handlers, with what they need."""

    def __init__(self, options: Options) -> None:
        self._script = options.webchat_script_url
        self._page = _PAGE.read_text(encoding="utf-8")

    def routes(self) -> list[Route]:
        return [Route("/shop", self.shop, methods=["GET"])]

    async def shop(self, request: Request) -> Response:
        if self._script is None:
            raise NotThere("There is no web chat to embed: start with --webchat-script-url.")
        language = request.query_params.get("lang", "en")
        if _LANGUAGE.fullmatch(language) is None:
            language = "en"
        parts = urlsplit(self._script)
        chat = f"{parts.scheme}://{parts.netloc}"
        direction = "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
        page = (
            self._page.replace("{{lang}}", language)
            .replace("{{dir}}", direction)
            .replace("{{script}}", html.escape(self._script, quote=True))
        )
        # All that a shop with a strict policy has to add for the chat: one script, one place to connect to.
        policy = (
            f"default-src 'none'; script-src {chat}; connect-src {chat}; style-src 'self'; img-src 'self'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )
        return HTMLResponse(page, headers={"Content-Security-Policy": policy})
