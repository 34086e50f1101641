"""One line of the tables of named tests, and how tests are named: `tests/folder/test_file.py::test_what_holds`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NamedTest:
    """What is to be shown, and by which tests. `missing` is what none of them shows, in a few words."""

    number: str
    asks: str
    tests: tuple[str, ...]
    missing: str = ""
