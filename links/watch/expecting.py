"""What our own code sends as an account's page: rendered here and now, with the headers and the files it goes with.

The inventory of scripts and the check of the public page both start from it, so neither can be older than the code.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from links.pages.page import page_headers
from links.pay.asset_files import AssetFiles
from links.watch.canary import WatchedPage
from links.watch.observing import Observation, observe


@dataclass(frozen=True, slots=True)
class Expected:
    """`files` are our own by path, with their hashes; `psp_scripts` the addresses of the PSP's."""

    page: Observation
    files: Mapping[str, str]
    psp_scripts: frozenset[str]

    def whole(self) -> Observation:
        """The page and our own files in one record."""
        return self.page | {f"body {path}": digest for path, digest in self.files.items()}


def expected(watched: WatchedPage, front_headers: Mapping[str, str], *, now: datetime) -> Expected:
    """`front_headers` are what the service adds to every answer that does not say otherwise."""
    nonce = secrets.token_urlsafe(16)
    html = watched.desk.pages.render(watched.view(nonce, now)).replace(watched.token, "{token}")
    given = page_headers(nonce, watched.psp.page, secure=watched.desk.secure)
    own = {name.lower(): value for name, value in given.items()}
    headers = {**front_headers, "content-type": "text/html; charset=utf-8", **own}
    page = watched.psp.page
    return Expected(
        page=observe(200, headers, html),
        files=files_of(watched.desk.assets),
        psp_scripts=frozenset({page.script_url} if page.mode == "fields" else ()),
    )


def files_of(assets: AssetFiles) -> Mapping[str, str]:
    """Our own files by path, with their SHA-384."""
    return {assets.url(each.name): each.integrity for each in assets.files()}
