"""The files that the pay page loads from us: their versioned names, bytes and compressed bytes.

A versioned name carries a hash of the content (`pay.3f9c2a1b7d04.js`), so a browser may keep it for a year. The plain
name (`pay.js`) is answered too, for browsers without import maps, and must be revalidated by its `etag`.

Comments and indentation stay in the source: on a bad network they would be a third of what the customer waits for.
The page's own scripts go out in one file, `pay.js`; by its own name each of them leads there, for the parts that are
loaded later and import from it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from links.pay.compressing import Encoding, compressed
from links.pay.joining import joined

PREFIX_DEFAULT: Final = "/p/assets"
CACHE_VERSIONED: Final = "public, max-age=31536000, immutable"
CACHE_PLAIN: Final = "public, max-age=0, must-revalidate"

_FIRST: Final = "pay.js"
_FOLDER: Final = Path(__file__).parent / "assets"
_MEDIA_TYPES: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


@dataclass(frozen=True, kw_only=True)
class Asset:
    """One file as it is served; `compressed` holds `body` by each way to make it smaller.

    `integrity` is its SHA-384 as HTML writes it.
    """

    name: str
    versioned_name: str
    media_type: str
    etag: str
    integrity: str
    body: bytes
    compressed: Mapping[Encoding, bytes]


@dataclass(frozen=True, kw_only=True)
class Served:
    """An asset with the Cache-Control that fits the name it was asked by."""

    asset: Asset
    cache_control: str


class AssetFiles:
    """All assets, read once; holds them in memory (some tens of kilobytes)."""

    def __init__(
        self,
        assets: Mapping[str, Asset],
        *,
        together: Collection[str] = (),
        prefix: str = PREFIX_DEFAULT,
    ) -> None:
        """`together` are the names of the scripts that `pay.js` holds."""
        self._assets = dict(assets)
        self._together = frozenset(together)
        self._members = tuple(together)
        self._versioned = {asset.versioned_name: asset for asset in assets.values()}
        self._prefix = prefix

    @classmethod
    def load(cls, folder: Path = _FOLDER, *, prefix: str = PREFIX_DEFAULT) -> AssetFiles:
        """Reads every script and style sheet of `folder`; types and settings for checkers are left out."""
        found = sorted(path for path in folder.iterdir() if path.suffix in _MEDIA_TYPES)
        sources = {path.name: path.read_text(encoding="utf-8") for path in found}
        together: list[str] = []
        if _FIRST in sources:
            sources[_FIRST], together = joined(sources, _FIRST)
        assets = {name: _asset(name, without_comments(text)) for name, text in sources.items()}
        for name in together:
            if name != _FIRST:
                there = f"{prefix}/{assets[_FIRST].versioned_name}"
                assets[name] = _asset(name, f'export * from "{there}";\n')
        return cls(assets, together=together, prefix=prefix)

    def url(self, name: str) -> str:
        """Answers the versioned URL of the file `name`; an unknown name is a KeyError."""
        return f"{self._prefix}/{self._assets[name].versioned_name}"

    def integrity(self, name: str) -> str:
        """Answers what the tag that loads the file `name` says of its content."""
        return self._assets[name].integrity

    def files(self) -> list[Asset]:
        """Answers all that pages load: style sheets, and the scripts that are files of their own."""
        return [
            asset
            for name, asset in self._assets.items()
            if name == _FIRST or name not in self._together
        ]

    def members(self) -> list[str]:
        """Answers the plain names of the scripts that `pay.js` holds, in the order in which they run."""
        return list(self._members)

    def find(self, name: str) -> Served | None:
        """Answers the file asked for by its versioned or its plain name, or None."""
        if name in self._versioned:
            return Served(asset=self._versioned[name], cache_control=CACHE_VERSIONED)
        if name in self._assets:
            return Served(asset=self._assets[name], cache_control=CACHE_PLAIN)
        return None

    def modules(self) -> list[str]:
        """Answers the plain names of all scripts, in alphabetical order."""
        return [name for name in self._assets if name.endswith(".js")]

    def parts(self) -> list[str]:
        """Answers the plain names of the scripts that are files of their own: `pay.js`, and those loaded beside it."""
        return [name for name in self.modules() if name == _FIRST or name not in self._together]

    def import_map(self) -> dict[str, dict[str, str]]:
        """Answers the import map that turns `import "./x.js"` of one script into the versioned URL of another."""
        return {
            "imports": {
                f"{self._prefix}/{name}": self.url(_FIRST if name in self._together else name)
                for name in self.modules()
            }
        }


def without_comments(source: str) -> str:
    """Answers a script or style sheet without its whole-line comments, blank lines and indentation.

    Comments behind code stay, and so does every line break that separates statements. The source
    must not hold a string or template that runs over several lines.
    """
    kept: list[str] = []
    inside = False
    for line in (line.strip() for line in source.splitlines()):
        opens = line.startswith("/*") and not inside
        if inside or (opens and "*/" not in line):
            inside = not line.endswith("*/")
        elif (
            line and not line.startswith("//") and not (opens and line.find("*/") == len(line) - 2)
        ):
            kept.append(line)
    assert not inside, "a comment does not end"
    return "\n".join(kept) + "\n"


def _asset(name: str, source: str) -> Asset:
    body = source.encode()
    digest = hashlib.sha256(body).hexdigest()
    stem, suffix = name.rsplit(".", 1)
    return Asset(
        name=name,
        versioned_name=f"{stem}.{digest[:12]}.{suffix}",
        media_type=_MEDIA_TYPES[f".{suffix}"],
        etag=f'"{digest[:32]}"',
        integrity=f"sha384-{base64.b64encode(hashlib.sha384(body).digest()).decode()}",
        body=body,
        compressed={
            "br": compressed(body, "br", once=True),
            "gzip": compressed(body, "gzip", once=True),
        },
    )
