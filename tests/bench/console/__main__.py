"""`python -m tests.bench.console [--minutes 5] [--pages 0]`: long tasks and memory of the console on a busy floor.

The built console in Chromium, with 5,000 links and 200 live ones, 100 entries a second. The service is played, so that
the figures are the console's own; what it is told is what a service tells.
"""

import argparse
import itertools
import json
import mimetypes
import time
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import CDPSession, Page, Route, WebSocketRoute, sync_playwright

from app.http.console import DIST
from tests.bench.console import town
from tests.support.chromium import find_chromium

_ORIGIN: Final = "https://console.test"
_LINKS: Final = 5_000
_LIVE: Final = 200
_PER_SECOND: Final = 100
_TURN_SECONDS: Final = 0.05
_WATCH: Final = """window.__long = [];
new PerformanceObserver((list) => window.__long.push(...list.getEntries().map((e) => [e.startTime, e.duration])))
  .observe({ type: "longtask", buffered: true });"""


def answer(route: Route) -> None:
    """The API and the console's files."""
    parts = urlsplit(route.request.url)
    if parts.path == "/v1/sessions/current":
        route.fulfill(json=town.SESSION)
    elif parts.path == "/v1/links":
        asked = parse_qs(parts.query)
        size, start = int(asked["limit"][0]), int(asked.get("cursor", ["0"])[0])
        numbers = range(start, min(start + size, _LINKS))
        more = str(start + size) if start + size < _LINKS else None
        data = [town.link(number) for number in numbers]
        route.fulfill(json={"data": data, "next_cursor": more, "as_of": 1})
    elif parts.path.startswith("/v1/links/lnk_"):
        route.fulfill(json=town.link(int(parts.path.rpartition("_")[2])) | {"as_of": 1})
    elif parts.path.startswith("/v1/"):
        route.fulfill(json={"data": [], "next_cursor": None, "as_of": 1})
    else:
        file = DIST / (parts.path.lstrip("/") or "index.html")
        kind = mimetypes.guess_type(file.name)[0] or "text/plain"
        route.fulfill(body=file.read_bytes(), content_type=kind)


class Feed:
    """The live feed: says that it has begun, and then what it is given."""

    def __init__(self) -> None:
        self.socket: WebSocketRoute | None = None

    def take(self, socket: WebSocketRoute) -> None:
        self.socket = socket
        socket.on_message(self._hear)

    def _hear(self, text: str | bytes) -> None:
        if self.socket is not None and json.loads(text)["op"] == "subscribe":
            self.say({"op": "ready", "position": 1, "epoch": "e", "reset": False})

    def say(self, frame: dict[str, Any]) -> None:
        assert self.socket is not None, "the console has not opened the feed"
        self.socket.send(json.dumps(frame))


def metric(cdp: CDPSession, name: str) -> float:
    """One of the browser's own counters."""
    metrics = cdp.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == name))


def heap(cdp: CDPSession) -> float:
    """Megabytes of JavaScript objects after a collection."""
    cdp.send("HeapProfiler.collectGarbage")
    return metric(cdp, "JSHeapUsedSize") / 1e6


def clock(page: Page) -> float:
    """Milliseconds by the page's own clock."""
    return float(page.evaluate("performance.now()"))


def run(page: Page, minutes: float, pages: int) -> dict[str, Any]:
    """Shows so many more pages of rows, lets the floor be busy, and answers the figures."""
    feed = Feed()
    page.route_web_socket("**/v1/feed", feed.take)
    page.route("**/*", answer)
    page.add_init_script(_WATCH)
    page.goto(_ORIGIN)
    page.get_by_text("Live", exact=True).wait_for()
    for _ in range(pages):
        page.get_by_role("button", name="Show more").click()
        page.get_by_role("button", name="Show more").wait_for()
    cdp = page.context.new_cdp_session(page)
    # The main thread's own time, whatever else the machine does.
    cdp.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
    cdp.send("Performance.enable")
    began = time.monotonic()
    memory = [(0.0, heap(cdp))]
    collected: list[tuple[float, float]] = []
    page.evaluate("window.__long.length = 0")
    busy = metric(cdp, "TaskDuration")
    told = 0
    entries = town.entries(_LIVE, 1)
    while (spent := time.monotonic() - began) < minutes * 60:
        due = int(spent * _PER_SECOND) - told
        for event in itertools.islice(entries, due):
            feed.say({"op": "event", "event": event})
            told += 1
        if spent - memory[-1][0] >= 30:
            feed.say({"op": "heartbeat", "position": told + 1})
            before = clock(page)
            memory.append((round(spent), round(heap(cdp), 1)))
            collected.append((before, clock(page)))
        page.wait_for_timeout(_TURN_SECONDS * 1000)
    # The collections that this bench asks for are none of the console's doing.
    long = [
        duration
        for start, duration in page.evaluate("window.__long")
        if not any(start <= end and start + duration >= begin for begin, end in collected)
    ]
    return {
        "minutes": minutes,
        "entries": told,
        "main thread busy, %": round(
            100 * (metric(cdp, "TaskDuration") - busy) / (time.monotonic() - began), 1
        ),
        "rows": page.locator(".links a.row").count(),
        "long tasks over 50 ms": len(long),
        "over 100 ms": sum(each > 100 for each in long),
        "longest, ms": round(max(long, default=0)),
        "heap, MB by second": memory,
    }


def main() -> None:
    """Runs it, and prints what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.console", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--pages", type=int, default=0, help="times that “Show more” is pressed")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    arguments = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        found = run(page, arguments.minutes, arguments.pages)
        browser.close()
    text = json.dumps(found, indent=2)
    print(text)
    if arguments.json is not None:
        arguments.json.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
