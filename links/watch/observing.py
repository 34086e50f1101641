"""What a browser would run and obey of an answer: one flat record of name and value, so that two are easily compared.

Names begin with what they are: `status`, `header …`, `script …`, `style …`, `link …`, `form …`, `field …`, `frame …`,
`handler …`, `base`, `meta …`, `body …`. Scripts and styles written into the page are told by their SHA-384. Of the
configuration, which is data and differs each time, the stable part is. The nonce is called `{nonce}`, whatever it is.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Final

Observation = dict[str, str]

# What a browser obeys, or may be led away by. Of cookies only that there are any.
HEADERS: Final = (
    "content-type",
    "content-security-policy",
    "content-security-policy-report-only",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "cross-origin-embedder-policy",
    "strict-transport-security",
    "reporting-endpoints",
    "cache-control",
    "access-control-allow-origin",
    "link",
    "refresh",
    "location",
    "service-worker-allowed",
    "set-cookie",
)
ITEMS_MAX: Final = 400
_VALUE_MAX: Final = 1000
_VOLATILE: Final = frozenset({"nonce", "page"})
_NONCE: Final = re.compile(r"'nonce-([A-Za-z0-9+/_=-]+)'")
_FRAMES: Final = frozenset(
    {"iframe", "frame", "object", "embed", "applet", "portal", "fencedframe"}
)
_ADDRESSES: Final = ("src", "data", "href", "action", "formaction", "xlink:href")


def sha384(content: bytes) -> str:
    """As `integrity` writes it: `sha384-` and base 64."""
    return f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}"


def bounded(text: str, length_max: int = _VALUE_MAX) -> str:
    """The text, or its beginning and the hash of the whole: what is cut off cannot change unseen."""
    if len(text) <= length_max:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{text[: length_max - 70]}… {digest}"


def observe(status: int, headers: Mapping[str, str], html: str) -> Observation:
    """What there is to be seen in one answer. `headers` by lower-case name."""
    nonce = _NONCE.search(headers.get("content-security-policy", ""))
    found: Observation = {"status": str(status)}
    for name in HEADERS:
        if name in headers:
            value = (
                "(some)" if name == "set-cookie" else _NONCE.sub("'nonce-{nonce}'", headers[name])
            )
            found[f"header {name}"] = bounded(value)
    reader = _Reader(nonce[1] if nonce else None)
    reader.feed(html)
    reader.close()
    found.update(reader.ended())
    return found


def _attributes(given: Mapping[str, str]) -> str:
    return bounded(" ".join(f'{name}="{value}"' for name, value in sorted(given.items())))


class _Reader(HTMLParser):
    """Reads leniently, as browsers do: what it cannot read it passes over, and the browser's own reports remain."""

    def __init__(self, nonce: str | None) -> None:
        super().__init__(convert_charrefs=True)
        self._nonce = nonce
        self._found: Observation = {}
        self._inside: tuple[str, dict[str, str]] | None = None
        self._text: list[str] = []

    def ended(self) -> Observation:
        """Everything; what was never closed counts as it stands."""
        self._close()
        return self._found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # The first of two attributes of one name is the one that holds.
        given = {name: value or "" for name, value in reversed(attrs)}
        if self._nonce is not None and given.get("nonce") == self._nonce:
            given["nonce"] = "{nonce}"
        self._note_everywhere(tag, given)
        match tag:
            case "script" | "style":
                self._close()
                self._inside, self._text = (tag, given), []
            case "link":
                given.pop("nonce", None)
                if given.get("rel", "").lower() != "icon":
                    self._add(f"link {given.pop('rel', '')} {given.pop('href', '')}", given)
            case "form":
                self._add(f"form {given.get('action', '')}", _only(given, "method", "target"))
            case "input" | "select" | "textarea":
                self._add(f"field {given.get('name') or given.get('id', '')}", _only(given, "type"))
            case "base":
                self._add("base", given)
            case "meta" if "http-equiv" in given:
                self._add(f"meta {given.pop('http-equiv').lower()}", given)
            case _ if tag in _FRAMES:
                self._add(f"frame {given.get('src') or given.get('data', '')}", given)
            case _:
                pass

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self._inside is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._inside is not None and tag == self._inside[0]:
            self._close()

    def _close(self) -> None:
        if self._inside is None:
            return
        (tag, given), text = self._inside, "".join(self._text)
        self._inside = None
        if tag == "script" and "src" in given:
            self._add(f"script {given.pop('src')}", given)
            return
        kind = given.get("type", "")
        content = _stable(text) if kind == "application/json" else text
        digest = sha384(content.encode("utf-8", "surrogatepass"))
        self._add(f"{tag} inline {kind or 'plain'} {given.get('id', '')}".rstrip(), given, digest)

    def _note_everywhere(self, tag: str, given: Mapping[str, str]) -> None:
        for name, value in given.items():
            digest = sha384(value.encode("utf-8", "surrogatepass"))
            if name.startswith("on"):
                self._add(f"handler {tag} {name}", {}, digest)
            elif name == "style":
                self._add(f"style attribute {tag}", {}, digest)
            elif name == "formaction":
                self._add(f"form {value}", {"of": tag})
            elif name in _ADDRESSES and _runs(value):
                self._add(f"handler {tag} {name}", {}, digest)

    def _add(self, name: str, given: Mapping[str, str], digest: str = "") -> None:
        if len(self._found) >= ITEMS_MAX:
            self._found["more"] = f"than {ITEMS_MAX} items"
            return
        name, again = bounded(name), 1
        unique = name
        while unique in self._found:
            again += 1
            unique = f"{name} #{again}"
        self._found[unique] = f"{_attributes(given)} {digest}".strip()


def _runs(address: str) -> bool:
    # Browsers pass over white space and control characters in front of a scheme, and over line breaks within.
    return (
        "".join(address.split()).strip("\x00").lower().startswith(("javascript:", "data:text/html"))
    )


def _only(given: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: given[name] for name in names if name in given}


def _stable(text: str) -> str:
    """The configuration without what is new for each view of the page."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    if isinstance(value, dict):
        value = {name: item for name, item in value.items() if name not in _VOLATILE}
    return json.dumps(value, sort_keys=True)
