"""What browsers say they stopped on a page: both formats, cut down to what may be kept.

`application/csp-report` (CSP level 2, `report-uri`) is one report, `application/reports+json` (Reporting API,
`report-to`) a list of them. https://www.w3.org/TR/CSP3/#reporting, https://www.w3.org/TR/reporting-1/#media-type
A report is only words of somebody who has a link: nothing of it is believed beyond its being told.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from compliance import masking

# One post of a browser: more than these are let go.
REPORTS_MAX: Final = 20
_PATH_MAX: Final = 200
_HOST_MAX: Final = 160
_PAGE: Final = re.compile(r"/p/([0-9A-Za-z]{24})(?=/|$)")
_PLAIN: Final = re.compile(r"[!-~]*")
# Without a URL: https://www.w3.org/TR/CSP3/#violation-resource
_WORDS: Final = frozenset(
    {"inline", "eval", "wasm-eval", "trusted-types-policy", "trusted-types-sink", "data", "blob"}
)
_EXTENSIONS: Final = ("-extension", "webkit-masked-url", "about", "chrome", "resource", "safari")
_DIRECTIVES: Final = frozenset(
    {
        *("default-src", "script-src", "script-src-elem", "script-src-attr"),
        *("style-src", "style-src-elem", "style-src-attr", "img-src", "font-src", "media-src"),
        *("connect-src", "frame-src", "child-src", "worker-src", "object-src", "manifest-src"),
        *("form-action", "base-uri", "frame-ancestors", "require-trusted-types-for"),
        *("trusted-types", "prefetch-src", "navigate-to"),
    }
)


@dataclass(frozen=True, slots=True)
class Blocked:
    """One report. `token` says which page it is about and is not kept; `origin` is what reports are counted by."""

    token: str
    directive: str
    origin: str
    example: str
    source: str | None
    enforced: bool


def read_reports(value: Any) -> Sequence[Blocked]:
    """The reports of one post that are about a pay page of ours, without a browser extension's noise."""
    bodies = value if isinstance(value, list) else [value]
    found = (_read(each) for each in bodies[:REPORTS_MAX] if isinstance(each, dict))
    return [each for each in found if each is not None]


def _read(value: Mapping[str, Any]) -> Blocked | None:
    if isinstance(old := value.get("csp-report"), dict):
        page, blocked, source = (
            _text(old.get(name)) for name in ("document-uri", "blocked-uri", "source-file")
        )
        directive = _text(old.get("effective-directive") or old.get("violated-directive"))
        enforced = old.get("disposition") != "report"
    elif value.get("type") == "csp-violation" and isinstance(new := value.get("body"), dict):
        page, blocked, source = (
            _text(new.get(name)) for name in ("documentURL", "blockedURL", "sourceFile")
        )
        page = page or _text(value.get("url"))
        directive = _text(new.get("effectiveDirective"))
        enforced = new.get("disposition") != "report"
    else:
        return None
    directive = directive.partition(" ")[0]
    token = _PAGE.search(page)
    if token is None or directive not in _DIRECTIVES:
        return None
    if _of_extension(blocked) or _of_extension(source):
        return None
    what = _cut(blocked)
    if what is None:
        return None
    where = _cut(source) if source else None
    return Blocked(token[1], directive, what[0], what[1], where[1] if where else None, enforced)


def _text(value: object) -> str:
    return value[:2000] if isinstance(value, str) else ""


def _of_extension(address: str) -> bool:
    scheme = address.partition(":")[0].lower()
    return scheme.endswith(_EXTENSIONS) or scheme.startswith("safari-")


def _cut(address: str) -> tuple[str, str] | None:
    """Origin, and origin with path; a word for what has no address. Without query, user, token and card numbers."""
    word = address.rstrip(":").lower()
    if word in _WORDS:
        return word, word
    scheme = address.partition(":")[0].lower()
    if scheme in {"data", "blob", "filesystem"}:
        return scheme, scheme
    if _PLAIN.fullmatch(address) is None:
        return None
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "")[:_HOST_MAX], parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https", "ws", "wss"} or not host:
        return None
    origin = f"{parts.scheme}://{host}{f':{port}' if port else ''}"
    path = _PAGE.sub("/p/{token}", parts.path)[:_PATH_MAX]
    return masking.mask(origin), masking.mask(origin + path)
