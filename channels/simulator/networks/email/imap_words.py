"""IMAP's own little languages: quoted words, sets of numbers, what to look for, what to fetch. No I/O."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from channels.simulator.clock import as_datetime
from channels.simulator.networks.email.mailbox import Kept

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WORD = re.compile(r'"((?:[^"\\]|\\["\\])*)"|([^\s"()]+)')
_RANGE = re.compile(r"(\d{1,10}|\*)(?::(\d{1,10}|\*))?")
_BODY = re.compile(r"BODY(\.PEEK)?\[(HEADER|TEXT)?\](?:<(\d{1,10})\.(\d{1,10})>)?", re.IGNORECASE)
_ITEM = re.compile(r"[A-Z0-9.]+", re.IGNORECASE)


class SearchInvalid(ValueError):
    """A criterion that this server does not know."""


def words_in(said: str) -> list[str]:
    """Atoms and quoted strings (RFC 3501, 4.1 and 4.3)."""
    return [
        re.sub(r"\\(.)", r"\1", found[1]) if found[2] is None else found[2]
        for found in _WORD.finditer(said)
    ]


def numbers_in(said: str, *, last: int) -> Callable[[int], bool]:
    """Whether a number is in the set. `*` is the last there is, also in `9:*` when that is less than 9."""
    ranges = []
    for each in said.split(","):
        found = _RANGE.fullmatch(each)
        if found is None:
            raise SearchInvalid(each)
        ends = [last if end == "*" else int(end) for end in (found[1], found[2] or found[1])]
        ranges.append((min(ends), max(ends)))
    return lambda number: any(low <= number <= high for low, high in ranges)


def matching(folder: Sequence[Kept], criteria: Sequence[str]) -> list[tuple[int, Kept]]:
    """Those that fit every criterion, with their sequence numbers. Raises `SearchInvalid`."""
    found = list(enumerate(folder, 1))
    left = list(criteria)
    if not left:
        raise SearchInvalid
    while left:
        name = left.pop(0).upper()
        match name:
            case "ALL":
                continue
            case "SEEN" | "UNSEEN":
                wanted = name == "SEEN"
                found = [(at, kept) for at, kept in found if kept.seen is wanted]
            case "UID" if left:
                uids = numbers_in(left.pop(0), last=max((kept.uid for kept in folder), default=0))
                found = [(at, kept) for at, kept in found if uids(kept.uid)]
            case "SINCE" if left:
                day = _day(left.pop(0))
                found = [
                    (at, kept) for at, kept in found if as_datetime(kept.arrived_at).date() >= day
                ]
            case _:
                raise SearchInvalid(name)
    return found


def fetched(kept: Kept, items: str) -> tuple[bytes, bool] | None:
    """The parts asked for, between the parentheses, and whether asking marks the mail as seen."""
    parts = [f"UID {kept.uid}".encode()]
    marks_seen = False
    body = _BODY.search(items)
    rest = items if body is None else items[: body.start()] + items[body.end() :]
    for item in _ITEM.findall(rest):
        match item.upper():
            case "UID":
                continue
            case "FLAGS":
                parts.append(b"FLAGS (\\Seen)" if kept.seen else b"FLAGS ()")
            case "RFC822.SIZE":
                parts.append(f"RFC822.SIZE {len(kept.raw)}".encode())
            case "INTERNALDATE":
                at = as_datetime(kept.arrived_at)
                day = f"{at.day:2}-{MONTHS[at.month - 1]}-{at.year}"
                parts.append(f'INTERNALDATE "{day} {at:%H:%M:%S} +0000"'.encode())
            case "RFC822":
                parts.append(f"RFC822 {{{len(kept.raw)}}}\r\n".encode() + kept.raw)
                marks_seen = True
            case _:
                return None
    if body is not None:
        text = _section(kept.raw, body[2])
        name = f"BODY[{(body[2] or '').upper()}]"
        if body[3] is not None:
            start = int(body[3])
            text, name = text[start : start + int(body[4])], f"{name}<{start}>"
        parts.append(f"{name} {{{len(text)}}}\r\n".encode() + text)
        marks_seen = body[1] is None
    return b" ".join(parts), marks_seen


def _section(raw: bytes, name: str | None) -> bytes:
    if name is None:
        return raw
    head, gap, text = raw.partition(b"\r\n\r\n")
    return head + gap if name.upper() == "HEADER" else text


def _day(said: str) -> date:
    found = re.fullmatch(r"(\d{1,2})-([A-Za-z]{3})-(\d{4})", said)
    if found is None or found[2].title() not in MONTHS:
        raise SearchInvalid(said)
    try:
        return date(int(found[3]), MONTHS.index(found[2].title()) + 1, int(found[1]))
    except ValueError:
        raise SearchInvalid(said) from None
