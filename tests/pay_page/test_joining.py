"""Several modules as one: in the order of their imports, and nothing silently overwritten."""

from __future__ import annotations

import pytest

from links.pay.joining import joined

CONFIG = "export const config = { base: 1 };\n"
VIEW = """\
import { config } from "./config.js";
export function show() {
  const found = config.base;
  return found;
}
"""


def test_what_is_imported_stands_before_what_imports_it() -> None:
    """Each file once, however many import it, and without its imports."""
    first = (
        'import { config } from "./config.js";\nimport { show } from "./view.js";\nshow(config);\n'
    )
    text, order = joined({"pay.js": first, "view.js": VIEW, "config.js": CONFIG}, "pay.js")
    assert order == ["config.js", "view.js", "pay.js"]
    assert "import" not in text
    assert text.index("const config") < text.index("function show") < text.index("show(config)")


def test_what_is_loaded_later_stays_outside() -> None:
    """A part of its own is no part of the one file."""
    text, order = joined({"pay.js": 'const later = () => import("./psp_stripe.js");\n'}, "pay.js")
    assert order == ["pay.js"]
    assert 'import("./psp_stripe.js")' in text


def test_two_files_that_declare_one_name_are_refused() -> None:
    """One would take the other's place."""
    sources = {"pay.js": 'import { a } from "./view.js";\nlet b = a;\n', "view.js": "let b, a;\n"}
    with pytest.raises(AssertionError, match="both declare b"):
        joined(sources, "pay.js")


@pytest.mark.parametrize(
    "line",
    ['import * as view from "./view.js";', 'import { show as see } from "./view.js";'],
)
def test_an_import_that_renames_is_refused(line: str) -> None:
    """In one file there is nothing left to rename."""
    with pytest.raises(AssertionError):
        joined({"pay.js": f"{line}\n", "view.js": VIEW, "config.js": CONFIG}, "pay.js")


def test_files_that_import_each_other_are_refused() -> None:
    """Neither could stand first."""
    sources = {
        "pay.js": 'import { a } from "./view.js";\nexport let b = a;\n',
        "view.js": 'import { b } from "./pay.js";\nexport let a = b;\n',
    }
    with pytest.raises(AssertionError, match="imports itself"):
        joined(sources, "pay.js")
