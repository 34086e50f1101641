"""A server with the real pay page, whose endpoints answer as a test has scripted, and a PSP on another site.

Every link has a token of its own, so tests do not meet. `Link.requests` is what the page sent, in order.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from compliance.colours import BLACK, Colour, style_sheet
from core.money import Currency
from links.money_text import money_form
from links.pages.desk import ChosenPsp
from links.pages.page import content_security_policy
from links.pay.asset_files import AssetFiles
from links.pay.languages import page_locale, psp_locale
from links.pay.rendering import PageView, PayPages, ReceiptView
from payments.gateway import PagePsp

HERE = Path(__file__).parent
ACCOUNT = "gwa_00000000000000000000000000"
FRAME = """<!doctype html><html lang="en"><head><title>Card field</title>
<style>html{color-scheme:light;background:transparent}
body{margin:0}input{border:0;padding:0;width:100%;outline:0;background:transparent;height:24px}
input::placeholder{color:var(--placeholder);opacity:1}</style></head><body><main><input inputmode="numeric">
</main><script src="/frame.js"></script></body></html>"""
CHALLENGE = """<!doctype html><html lang="en"><head><title>Your bank</title></head><body><main><h1>Your bank</h1>
<button>Complete</button> <button>Fail</button></main><script>
for (const b of document.querySelectorAll("button"))
  b.onclick = () => parent.postMessage({ challenge: b.textContent }, "*");
</script></body></html>"""


HOSTED = """<!doctype html><html lang="en"><head><title>PSP</title></head><body><main><h1>Pay at the PSP</h1>
</main></body></html>"""
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><path d="M0 0h90v30H0z"/></svg>"""
SCRIPTS = {"stripe": "/v3/", "adyen": "/adyen.js"}


@dataclass(frozen=True)
class Reply:
    """One scripted answer; `delay_seconds` passes before it."""

    body: dict[str, Any]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay_seconds: float = 0


@dataclass(frozen=True)
class Sent:
    """One request of the page."""

    path: str
    body: dict[str, Any]
    nonce: str | None
    payer: str | None = None


@dataclass
class Link:
    """One link: how its page is rendered, what its endpoints answer, what they were sent."""

    token: str
    view: PageView
    attempt: str | None = None
    provider: str = "stripe"
    config: dict[str, Any] = field(default_factory=dict)
    state: dict[str, Any] = field(default_factory=dict)
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    requests: list[Sent] = field(default_factory=list)
    progress_status: int = 204
    knows_activity: bool = True
    # What GET receipts answers, and what every report is answered with, if anything.
    receipts: dict[str, Any] = field(default_factory=dict)
    # What GET survey answers.
    survey: dict[str, Any] = field(default_factory=lambda: {"ready": False})
    told: dict[str, Any] | None = None
    state_asked: int = 0
    payers_asking: list[str | None] = field(default_factory=list)
    ended: bool = False

    def answers(self, path: str, *replies: Reply) -> None:
        """Scripts the answers of POST `path`; the last one repeats."""
        self.replies[path] = list(replies)

    def stands(self, state: str, **changes: Any) -> None:
        """Sets what GET state answers, and what a reload of the page would show."""
        known: Any = state
        self.state = {
            "state": state,
            "amount": 4999,
            "amount_text": self.view.amount_text,
            "minimum": None,
            "leftover": 0,
            "revision": 3,
            "attempt": None,
            "result": None,
            "receipt": None,
            **changes,
        }
        self.view = replace(self.view, state=known)

    def ends_for_others(self) -> None:
        """A link for many has ended; a payment that is under way goes on."""
        self.ended = True
        if self.state["state"] == "payable":
            self.state["state"] = "expired"

    def posts(self, path: str) -> list[dict[str, Any]]:
        return [sent.body for sent in self.requests if sent.path == path]

    def events(self) -> list[str]:
        return [str(body["event"]) for body in self.posts("progress")]


@dataclass
class Stand:
    """The running servers."""

    page_origin: str
    psp_origin: str
    links: dict[str, Link] = field(default_factory=dict)
    script_broken: bool = False
    publishable_key: str = "pk_test_stand"
    wallets: bool = False

    def link(self, state: Any = "payable", *, provider: str = "stripe", **changes: Any) -> Link:
        token = secrets.token_urlsafe(16)
        view = PageView(
            state=state,
            nonce="",
            merchant_name="Acme Outfitters",
            description="Winter boots and a wool hat",
            reference="ORDER-10433",
            amount_text="£49.99",
            agent_first_name="Sarah",
            expires_text="23 November 2026, 14:05",
        )
        made = Link(token=token, view=replace(view, **changes), provider=provider)
        made.stands(state)
        self.links[token] = made
        return made

    def url(self, link: Link) -> str:
        return f"{self.page_origin}/p/{link.token}"

    def psp(self, provider: str) -> PagePsp:
        """What a gateway to this provider would say of itself."""
        if provider not in SCRIPTS:
            return PagePsp(provider, "", "", (), mode="redirect")
        return PagePsp(
            provider,
            self.publishable_key,
            f"{self.psp_origin}{SCRIPTS[provider]}",
            (self.psp_origin,),
            config=self._psp_config(provider),
            styled=provider == "adyen",
        )

    def _psp_config(self, provider: str) -> dict[str, str]:
        if provider == "adyen":
            return {"environment": "test", "country": "GB"}
        return {"wallets": "offered"} if self.wallets else {}


def page_app(stand: Stand) -> Starlette:
    """The far side of the browser: page, assets and endpoints."""
    assets = AssetFiles.load()
    pages = PayPages(assets)

    async def page(request: Request) -> Response:
        link = stand.links[request.path_params["token"]]
        nonce = secrets.token_urlsafe(16)
        lang = page_locale(link.view.locale, lang=request.query_params.get("lang"))
        view, psp = replace(link.view, nonce=nonce, locale=lang), stand.psp(link.provider)
        if link.ended and "own" in request.query_params:
            view = replace(view, state="in_progress")
        elif link.ended:
            config = {"base": f"/p/{link.token}", "multi": True, "ended": True}
            view = replace(view, state="expired", config=config)
        if view.state in ("payable", "in_progress"):
            view = replace(
                view,
                psp_script_url=psp.script_url,
                config=_config(link, psp, nonce, lang) | {"state": view.state},
            )
        policy = content_security_policy(nonce, psp)
        headers = {
            # Stricter than in production, so that a browser without Trusted Types is not needed to find a slip.
            "Content-Security-Policy": f"{policy}; require-trusted-types-for 'script'",
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
        }
        return HTMLResponse(pages.render(view), headers=headers)

    async def asset(request: Request) -> Response:
        found = assets.find(request.path_params["name"])
        if found is None:
            return Response(status_code=404)
        headers = {"Content-Encoding": "gzip", "Cache-Control": found.cache_control}
        return Response(
            found.asset.compressed["gzip"], media_type=found.asset.media_type, headers=headers
        )

    async def state(request: Request) -> Response:
        link = stand.links[request.path_params["token"]]
        link.state_asked += 1
        link.payers_asking.append(request.headers.get("x-payer-key"))
        return JSONResponse(link.state)

    async def style(request: Request) -> Response:
        colour = Colour.of(request.path_params["code"])
        return Response(style_sheet(colour or BLACK), media_type="text/css")

    async def logo(_: Request) -> Response:
        return Response(LOGO, media_type="image/svg+xml")

    async def receipts(request: Request) -> Response:
        return JSONResponse(stand.links[request.path_params["token"]].receipts)

    async def survey(request: Request) -> Response:
        return JSONResponse(stand.links[request.path_params["token"]].survey)

    async def endpoint(request: Request) -> Response:
        link = stand.links[request.path_params["token"]]
        path = request.path_params["path"]
        body = await request.json()
        nonce, payer = request.headers.get("x-page-nonce"), request.headers.get("x-payer-key")
        link.requests.append(Sent(path=path, body=body, nonce=nonce, payer=payer))
        if path == "progress":
            if not link.knows_activity and "activity" in body:
                return Response(status_code=422)
            if link.told is not None:
                return JSONResponse(link.told)
            return Response(status_code=link.progress_status)
        scripted = link.replies[path]
        reply = scripted.pop(0) if len(scripted) > 1 else scripted[0]
        await asyncio.sleep(reply.delay_seconds)
        return JSONResponse(reply.body, status_code=reply.status, headers=reply.headers)

    return Starlette(
        routes=[
            Route("/p/assets/accent-{code}.css", style),
            Route("/p/assets/{name}", asset),
            Route("/p/{token}", page),
            Route("/p/{token}/logo", logo),
            Route("/p/{token}/receipts", receipts, methods=["GET"]),
            Route("/p/{token}/survey", survey, methods=["GET"]),
            Route("/p/{token}/state", state),
            Route("/p/{token}/{path:path}", endpoint, methods=["POST"]),
        ]
    )


def psp_app(stand: Stand) -> Starlette:
    """The PSP's site: its script, its field frames, its bank."""

    async def script(request: Request) -> Response:
        if stand.script_broken:
            return Response(status_code=503)
        ours = "psp_script.js" if request.url.path == SCRIPTS["stripe"] else "psp_adyen_script.js"
        return FileResponse(
            HERE / ours,
            media_type="text/javascript",
            headers={"Cache-Control": "no-store"},
        )

    async def frame_script(_: Request) -> Response:
        return FileResponse(HERE / "psp_frame.js", media_type="text/javascript")

    async def frame(_: Request) -> Response:
        return HTMLResponse(FRAME)

    async def challenge(_: Request) -> Response:
        return HTMLResponse(CHALLENGE)

    async def hosted(_: Request) -> Response:
        return HTMLResponse(HOSTED)

    return Starlette(
        routes=[
            *(Route(path, script) for path in SCRIPTS.values()),
            Route("/hosted", hosted),
            Route("/frame.js", frame_script),
            Route("/frame", frame),
            Route("/challenge", challenge),
        ]
    )


def receipt_view(when: Any) -> ReceiptView:
    return ReceiptView(
        amount_text="£49.99",
        reference="ORDER-10433",
        merchant="Acme Outfitters",
        paid_at=when,
        card="Visa •••• 4242",
        payment="pay_01J9ZC3K5T",
    )


def _config(link: Link, psp: PagePsp, nonce: str, locale: str) -> dict[str, object]:
    return {
        "base": f"/p/{link.token}",
        "nonce": nonce,
        "page": f"pg_{secrets.token_hex(6)}",
        "revision": 3,
        "locale": locale,
        "psp_locale": psp_locale(locale),
        "amount": 4999,
        "currency": "GBP",
        "amount_text": link.view.amount_text,
        "minimum": None,
        "leftover": 0,
        "format": money_form(Currency.of("GBP"), locale).as_json(),
        "multi": False,
        "merchant": link.view.merchant_name,
        "state": link.view.state,
        "psp": ChosenPsp(ACCOUNT, psp).as_json(),
        "attempt": link.attempt,
        **link.config,
    }


@contextmanager
def running(app: Starlette, port_socket: socket.socket) -> Iterator[None]:
    """Serves `app` on `port_socket` in a thread until the block ends."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [port_socket]}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(timeout=5)


@contextmanager
def running_stand() -> Iterator[Stand]:
    """Serves the page on 127.0.0.1 and the PSP on localhost: two sites, as in production."""
    with (
        socket.create_server(("127.0.0.1", 0)) as ours,
        socket.create_server(("127.0.0.1", 0)) as theirs,
    ):
        stand = Stand(
            page_origin=f"http://127.0.0.1:{ours.getsockname()[1]}",
            psp_origin=f"http://localhost:{theirs.getsockname()[1]}",
        )
        with running(page_app(stand), ours), running(psp_app(stand), theirs):
            yield stand
