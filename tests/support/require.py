"""Says what a machine lacks: a skip that names it, or a failure where it was promised.

`REQUIRE=browser,postgres,redis` lists what must be there, so that a build machine cannot pass by skipping.
"""

import os
from typing import NoReturn

import pytest


def required() -> frozenset[str]:
    """What `REQUIRE` promises."""
    return frozenset(
        name.strip() for name in os.environ.get("REQUIRE", "").split(",") if name.strip()
    )


def missing(name: str, *, needs: str) -> NoReturn:
    """Skips the test for want of `name`, or fails it when `REQUIRE` promised it."""
    if name in required():
        pytest.fail(f"REQUIRE promises {name}, but {needs} is not here", pytrace=False)
    pytest.skip(f"no {name}: {needs} is not here")
