"""The service with links to be paid, and beside it bare handlers that do as much for the same pages.

One at a time is asked, so that each has the processor to itself.
"""

import asyncio
import json
import logging
import re
import secrets
import sys
from typing import Any, Final

import httpx2
import jinja2
import structlog
from fastapi import FastAPI, Response
from fastapi.responses import HTMLResponse

from core.clock import utc_now
from core.ids import new_id
from tests.bench.feed.servers import served
from tests.bench.pages.asking import Page, report, view
from tests.bench.writes.asking import Asked, asking
from tests.bench.writes.replay import Recipe, caught
from tests.bench.writes.servers import Bench, bare_database, bench
from tests.support.free_port import free_port

_LINKS: Final = 16
_PAGES_MAX: Final = 2000
_TURNS: Final = 3
_ID: Final = re.compile(r"\b[a-z]{3}_[0-9a-z]{26}\b")
_NONCE: Final = re.compile(r' nonce="([^"]+)"')


class Pages:
    """The links, the page views that will report, and what one view and one report run."""

    def __init__(self, house: Bench) -> None:
        self.house = house
        self.pages: list[Page] = []
        self.viewed = Recipe()
        self.reported = Recipe()
        self.kept = frozenset[str]()
        self.template = jinja2.Template("")

    async def learn(self) -> None:
        """Makes the links, and catches what one view and one report of the first of them run."""
        url = f"http://127.0.0.1:{self.house.port}"
        async with httpx2.AsyncClient(base_url=url, trust_env=False) as client:
            made = [await self._link(client, number) for number in range(_LINKS)]
            self.pages = [
                self._page(*made[number % _LINKS]) for number in range(_PAGES_MAX + _TURNS)
            ]
            for _ in range(_TURNS):
                page = self.pages.pop()
                self.viewed, answer = await self._caught(client, view(page))
                # As large as what it answers, with the value that is new each time.
                nonce = _NONCE.search(answer.text)
                assert nonce is not None, answer.text
                text = answer.text.replace(nonce[1], "[[nonce]]")
                self.template = jinja2.Environment(
                    autoescape=True, variable_start_string="[[", variable_end_string="]]",
                    block_start_string="[%", comment_start_string="[#",
                ).from_string(text)  # fmt: skip
                self.reported, _ = await self._caught(client, report(page))
                self.reported.learn(page.page)

    def bare(self, reading: Any, writing: Any) -> FastAPI:
        """A handler for each of the two."""
        app = FastAPI()

        @app.get("/page", response_class=HTMLResponse)
        async def page() -> Response:
            async with reading() as connection:
                for sql, parameters in self.viewed.statements:
                    cursor = await connection.execute(sql, parameters)
                    await cursor.fetchall()
            return HTMLResponse(self.template.render(nonce=secrets.token_urlsafe(16)))

        @app.post("/progress", status_code=204)
        async def progress() -> Response:
            run = self.reported.fresh(self.kept)
            async with writing() as connection:
                for sql, parameters in self.reported.statements:
                    cursor = await connection.execute(sql, run.parameters(sql, parameters))
                    if sql.startswith("UPDATE journal_heads SET position"):
                        row = await cursor.fetchone()
                        run.position = row[0]
                    elif cursor.description is not None:
                        await cursor.fetchall()
            return Response(status_code=204)

        return app

    async def _link(self, client: httpx2.AsyncClient, number: int) -> tuple[str, str]:
        """Id and token of a new link. What it names is there for every run."""
        asked = asking("link", f"page{number}", self.house.key, self.house.account)
        answer = await _ask(client, asked)
        self.kept |= frozenset(_ID.findall(answer.text)) | self.house.kept
        link = answer.json()
        return link["id"], link["url"].rpartition("/")[2]

    def _page(self, link: str, token: str) -> Page:
        now = utc_now()
        page = new_id("pg", now)
        nonce = self.house.house.pay_desk.tokens.page_nonce(link, page, now=now)
        return Page(token, page, nonce)

    async def _caught(
        self, client: httpx2.AsyncClient, asked: Asked
    ) -> tuple[Recipe, httpx2.Response]:
        with caught(self.house.house.database.engine.sync_engine) as recipe:
            answer = await _ask(client, asked)
        return recipe, answer


async def _ask(client: httpx2.AsyncClient, asked: Asked) -> httpx2.Response:
    headers = {"Content-Type": "application/json", **asked.headers}
    answer = await client.request(asked.method, asked.path, content=asked.body, headers=headers)
    assert answer.status_code in {200, 201, 204}, answer.text
    return answer


async def run(url: str | None) -> None:
    """Tells where it listens, and runs until its input ends."""
    async with bench(url) as house:
        found, where, port = Pages(house), house.house.settings.database, free_port()
        async with (
            bare_database(where, begin="BEGIN") as reading,
            bare_database(where) as writing,
            served(found.bare(reading, writing), port),
        ):
            await found.learn()
            hello = {
                "ports": {"ours": house.port, "bare": port},
                "pages": [(page.token, page.page, page.nonce) for page in found.pages],
                "statements": {
                    "view": len(found.viewed.statements),
                    "report": len(found.reported.statements),
                },
            }
            print(json.dumps(hello), flush=True)
            await asyncio.to_thread(sys.stdin.read)


def main() -> None:
    """Until its input ends."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asyncio.run(run(sys.argv[1] if len(sys.argv) > 1 else None))


if __name__ == "__main__":
    main()
