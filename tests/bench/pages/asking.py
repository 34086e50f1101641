"""What a customer's browser asks for: the page of a link, and then a report of what was done on it."""

import json
from dataclasses import dataclass

from tests.bench.writes.asking import Asked


@dataclass(frozen=True, slots=True)
class Page:
    """One view of a link's page, which may report with its nonce."""

    token: str
    page: str
    nonce: str


def view(page: Page) -> Asked:
    """Opens the page."""
    return Asked(f"/p/{page.token}", {"Accept-Language": "en-GB"}, "", "GET")


def report(page: Page) -> Asked:
    """One field is complete: the report that comes most often."""
    body = {"page": page.page, "event": "field_completed", "field": "number", "device": "mobile"}
    return Asked(f"/p/{page.token}/progress", {"X-Page-Nonce": page.nonce}, json.dumps(body))
