"""Whether the merchant's own receiving server vouches for the address in a mail's From. No I/O.

RFC 8601: the server writes what it found into `Authentication-Results`, under its own name, and removes what
others wrote under that name. So only the topmost field of that name counts, and without a name none does.
A pass counts when it is about the domain of the From address (RFC 7489, 3.1): DMARC's own verdict, or else
DKIM or SPF for that very domain or one that it lies in.
"""

import re
from collections.abc import Iterable
from typing import Final

_LENGTH_MAX: Final = 10_000
_RESULT: Final = re.compile(
    r"^\s*(dmarc|dkim|spf)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)\b(.*)$", re.IGNORECASE | re.DOTALL
)
_PROPERTY: Final = re.compile(
    r"\b(header\.from|header\.d|header\.i|smtp\.mailfrom)\s*=\s*([^\s;]+)", re.IGNORECASE
)


def is_vouched_for(
    headers: Iterable[tuple[str, str]], *, address: str, authserv_id: str | None
) -> bool:
    """True when that server found the mail to be from the domain of `address`. Headers are topmost first."""
    domain = _domain(address)
    if authserv_id is None or not domain:
        return False
    for name, value in headers:
        if name.strip().lower() != "authentication-results" or len(value) > _LENGTH_MAX:
            continue
        said = _plain(value)
        if said is None:
            return False
        server, _, results = said.partition(";")
        # A version may follow the name.
        if (server.split() or [""])[0].lower() == authserv_id.lower():
            return _passes(results, domain)
    return False


def _passes(results: str, domain: str) -> bool:
    aligned = False
    for each in results.split(";"):
        found = _RESULT.match(each)
        if found is None:
            continue
        method, passed = found[1].lower(), found[2].lower() == "pass"
        about = {name.lower(): _domain(value) for name, value in _PROPERTY.findall(found[3])}
        match method:
            case "dmarc":
                # The last word, either way, unless the domain has no policy at all.
                named = about.get("header.from", domain)
                if passed:
                    return named == domain
                if found[2].lower() != "none":
                    return False
            case "dkim" if passed:
                aligned |= _speaks_for(about.get("header.d") or about.get("header.i") or "", domain)
            case "spf" if passed:
                aligned |= _speaks_for(about.get("smtp.mailfrom", ""), domain)
    return aligned


def _speaks_for(signed: str, domain: str) -> bool:
    """The domain itself or one that it lies in. Not one within it: who has that need not have the whole."""
    return "." in signed and (signed == domain or domain.endswith(f".{signed}"))


def _domain(said: str) -> str:
    return said.rpartition("@")[2].strip().strip(".").lower()


def _plain(value: str) -> str | None:
    """Without comments (RFC 5322, 3.2.2), and what is quoted without anything that means something outside.

    A sender chooses the local part of an address, and so what stands within quotes. None where they do not end.
    """
    plain = []
    depth, quoted, escaped = 0, False, False
    for character in value:
        if escaped or (character == "\\" and (quoted or depth)):
            escaped = not escaped
        elif character == '"' and not depth:
            quoted = not quoted
        elif character in "()" and not quoted:
            depth += 1 if character == "(" else -1
            plain.append(" ")
            if depth < 0:
                return None
        elif quoted:
            plain.append(character if character.isalnum() or character in "@.-" else "_")
        elif not depth:
            plain.append(character)
    return None if quoted or depth else "".join(plain)
