"""The header lines that tie a mail to its thread and let its reader leave, ready for the wire.

RFC 5322 3.6.4 (In-Reply-To, References), RFC 2369 (List-Unsubscribe), RFC 8058 (one click). They are lines
of ASCII and never folded: `email` breaks a long word up into encoded words, which no mail program reads back
as an id or an address.
"""

import re
from typing import Final

# RFC 5322 allows 998 characters a line; the names of the headers need their share.
_VALUE_MAX: Final = 900
_MESSAGE_ID: Final = re.compile(r"<[!-;=?A-~]+@[!-;=?A-~]+>")
_URL: Final = re.compile(r"https?://[!-;=?-~]+")


def thread_lines(reply_to: str | None) -> bytes:
    """Nothing for what is no message id: a thread is a help, and no reason to keep a mail back."""
    if reply_to is None or len(reply_to) > _VALUE_MAX or not _MESSAGE_ID.fullmatch(reply_to):
        return b""
    return f"In-Reply-To: {reply_to}\r\nReferences: {reply_to}\r\n".encode("ascii")


def unsubscribe_lines(url: str | None) -> bytes:
    """One click is promised for https alone (RFC 8058 3.1). Raises ValueError for what is no such URL."""
    if url is None:
        return b""
    if len(url) > _VALUE_MAX or not _URL.fullmatch(url):
        raise ValueError("an unsubscribe URL is http or https, in ASCII")
    lines = f"List-Unsubscribe: <{url}>\r\n"
    if url.startswith("https://"):
        lines += "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    return lines.encode("ascii")
