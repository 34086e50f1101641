"""Public test vectors, where a checkout has them beside it. They are read, never copied into the project."""

import json
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[2]
_FOLDER = PROJECT.parent / "shared" / "vectors"


def vectors(name: str) -> Any:
    """The content of a vector file; skips the test where the file is not there."""
    path = _FOLDER / name
    if not path.exists():
        pytest.skip(f"no vectors: {name} is not beside this checkout")
    return json.loads(path.read_text(encoding="utf-8"))
