"""The widget as one script: our source files in their order, without imports, exports and comments.

The sources are modules, so that they are type-checked and read like any others; a page embeds them with one tag, so
what is served is one function around all of them. No name is declared twice, which a test looks after.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent / "assets"
# Each after those that it imports from.
SOURCES: Final = (
    "texts.js",
    "styles.js",
    "store.js",
    "line.js",
    "dom.js",
    "phone.js",
    "view.js",
    "widget.js",
)
_IMPORT: Final = re.compile(r"import\s[^;]*;")
_EXPORT: Final = re.compile(r"^export ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The script as it is served; `compressed` is its gzip form."""

    body: bytes
    compressed: bytes
    etag: str


def load_bundle(folder: Path = _FOLDER) -> Bundle:
    """Reads and joins the sources."""
    parts = [_plain((folder / name).read_text(encoding="utf-8")) for name in SOURCES]
    body = "".join(["(() => {\n'use strict';\n", *parts, "})();\n"]).encode()
    digest = hashlib.sha256(body).hexdigest()
    return Bundle(body, gzip.compress(body, 9, mtime=0), f'"{digest[:32]}"')


def _plain(source: str) -> str:
    """The source without imports, the word `export`, whole-line comments and indentation."""
    kept: list[str] = []
    inside = False
    for line in (line.strip() for line in _IMPORT.sub("", source).splitlines()):
        opens = line.startswith("/*") and not inside
        if inside or opens:
            inside = "*/" not in line
            assert inside or line.endswith("*/"), "code stands behind a comment"
        elif line and not line.startswith("//"):
            kept.append(line)
    assert not inside, "a comment does not end"
    return _EXPORT.sub("", "\n".join(kept) + "\n")
