"""The origins of the pages that may embed the panel: exact, and https but on this machine."""

from typing import Final
from urllib.parse import urlsplit

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})


def read_host_origin(text: str) -> str:
    """One origin that may embed, exactly as browsers write it. Raises `ValueError`: a wildcard is none."""
    parts = urlsplit(text)
    try:
        port = parts.port
    except ValueError:
        port = -1
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    written = f"{parts.scheme}://{host}" + ("" if port in {None, usual} else f":{port}")
    is_exact = text == written and usual is not None and host is not None and host.isascii()
    if not is_exact or any(each in text for each in "*'\"; ,\\\t\n"):
        raise ValueError("must be origins, like https://crm.example.com")
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise ValueError("must be https outside this machine")
    return text
