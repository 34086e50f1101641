"""A card number where none should be: PSPs repeat it in their words. What customers type is refused at the doors."""

from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection
from typing import Final

NUMBER: Final = "4242 4242 4242 4242"
_WRITTEN: Final = (NUMBER.encode(), NUMBER.replace(" ", "").encode())


def complaints(outside: Connection) -> Iterator[str]:
    """Looks at the bytes of the file, and at those of its log: no table, column or sealed text is left out."""
    file = Path(outside.execute("PRAGMA database_list").fetchone()["file"])
    for part in (file, file.with_name(f"{file.name}-wal")):
        written = part.read_bytes() if part.exists() else b""
        if any(each in written for each in _WRITTEN):
            yield f"a card number is in {part.name}"
