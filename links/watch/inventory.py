"""The inventory of scripts (PCI DSS 6.4.3): every script of every page, why it is there, who put it there, its hash.

Made from the code that renders the page and from the scripts' own first words, so there is no list to forget.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from core.clock import rfc3339
from core.ids import made_at
from links.watch.canary import WatchedPage
from links.watch.expecting import Expected

_FOLDER: Final = Path(__file__).parents[1] / "pay" / "assets"
_REASON: Final = re.compile(r"/\*\*\s*(.*?)\s*\*/", re.S)
_MARGIN: Final = re.compile(r"\s*\n\s*\*\s*")
_OF_MODE: Final = ("psp_", "leaving")
_RELEASE: Final = "part of Paythread: reviewed with the release, authorised by whoever installed it"
_PSP_REASON: Final = (
    "the payment provider's own card fields and bank challenge, so that no card number reaches us"
)
_PSP_ATTESTATION: Final = (
    "changes without notice, so it cannot carry a hash (SRI); allowed by its origin alone, and covered by the "
    "provider's PCI DSS attestation of compliance, which you keep"
)


@dataclass(frozen=True, slots=True)
class Script:
    """One script of one account's page. `integrity` is its SHA-384, `holds` the modules that it is made of.

    `loaded`: `with the page`, or `when needed`.
    """

    url: str
    kind: str
    loaded: str
    reason: str
    authorised: str
    integrity: str | None
    enforced: str
    holds: Sequence[Mapping[str, str]] = ()


def inventory(watched: WatchedPage, ours: Expected) -> Sequence[Script]:
    """Every script that this account's page runs or may load, in the order of their addresses."""
    assets = watched.desk.assets
    members = [{"name": name, "reason": reason_of(name)} for name in assets.members()]
    found = []
    for asset in assets.files():
        path = assets.url(asset.name)
        if not asset.name.endswith(".js"):
            continue
        with_page = f"script {path}" in ours.page or f"link modulepreload {path}" in ours.page
        if not with_page and asset.name.startswith(_OF_MODE):
            continue  # another provider's, or another mode's
        found.append(
            Script(
                url=path,
                kind="own",
                loaded="with the page" if with_page else "when needed",
                reason=reason_of(asset.name),
                authorised=_RELEASE,
                integrity=asset.integrity,
                enforced="nonce, integrity" if with_page else "nonce of the page that loads it",
                holds=members if asset.name == "pay.js" else (),
            )
        )
    for address in sorted(ours.psp_scripts):
        added = rfc3339(made_at(watched.account))
        found.append(
            Script(
                url=address,
                kind="psp",
                loaded="with the page",
                reason=_PSP_REASON,
                authorised=f"whoever added the account {watched.account} (paythread psp add), {added}",
                integrity=None,
                enforced=f"nonce, origin; {_PSP_ATTESTATION}",
            )
        )
    return sorted(found, key=lambda script: (script.kind, script.url))


def page_json(watched: WatchedPage, ours: Expected) -> dict[str, Any]:
    """One account's page with its scripts, its data blocks and its policies."""
    blocks = {name: value for name, value in ours.page.items() if name.startswith("script inline")}
    return {
        "account": watched.account,
        "provider": watched.psp.page.provider,
        "mode": watched.psp.page.mode,
        "scripts": [asdict(each) for each in inventory(watched, ours)],
        "data_blocks": [
            {"name": name.removeprefix("script inline "), "reason": _BLOCKS.get(name, "data")}
            for name in blocks
        ],
        "policy": ours.page["header content-security-policy"],
    }


_BLOCKS: Final = {
    "script inline importmap": "names the versions of our own modules; runs nothing",
    "script inline application/json paythread-config": "what the page shows, as data; runs nothing",
}


@cache
def reason_of(name: str) -> str:
    """The first words of a script, which say what it is for. A script without any is a programmer's error."""
    found = _REASON.search((_FOLDER / name).read_text(encoding="utf-8"))
    assert found is not None, f"{name} does not say what it is for"
    return _MARGIN.sub(" ", found[1]).lstrip("* ").strip()
