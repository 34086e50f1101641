"""The page's files: versioned names, cache rules, and the comments that stay at home."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from pathlib import Path

import pytest

from links.pay.asset_files import CACHE_PLAIN, CACHE_VERSIONED, AssetFiles, without_comments

ASSETS = AssetFiles.load()


def test_a_versioned_name_may_be_kept_for_ever() -> None:
    """The URL that pages name finds the file, immutable."""
    name = ASSETS.url("pay.js").removeprefix("/p/assets/")
    found = ASSETS.find(name)
    assert found is not None
    assert found.cache_control == CACHE_VERSIONED
    assert gzip.decompress(found.asset.compressed["gzip"]) == found.asset.body


def test_a_plain_name_is_answered_but_revalidated() -> None:
    """Browsers without import maps ask by the plain name."""
    found = ASSETS.find("calls.js")
    assert found is not None
    assert found.cache_control == CACHE_PLAIN


@pytest.mark.parametrize(
    "name", ["../texts.py", "types.d.ts", "jsconfig.json", "pay.000000000000.js", ""]
)
def test_nothing_else_is_served(name: str) -> None:
    """Types, settings, older versions and paths are not found."""
    assert ASSETS.find(name) is None


def test_a_changed_file_changes_its_name(tmp_path: Path) -> None:
    """The version is the content's."""
    (tmp_path / "pay.js").write_text("const a = 1;\n")
    before = AssetFiles.load(tmp_path).url("pay.js")
    (tmp_path / "pay.js").write_text("const a = 2;\n")
    assert AssetFiles.load(tmp_path).url("pay.js") != before


def test_every_import_of_a_script_is_mapped() -> None:
    """The import map names each script, so that imports are versioned too."""
    mapped = ASSETS.import_map()["imports"]
    assert mapped["/p/assets/psp_stripe.js"] == ASSETS.url("psp_stripe.js")
    assert len(ASSETS.import_map()["imports"]) == len(ASSETS.modules())


def test_the_pages_own_scripts_are_one_file_by_whatever_name_they_are_asked_for() -> None:
    """With an import map and without one, a part that is loaded later finds the one module that runs already."""
    assert ASSETS.import_map()["imports"]["/p/assets/view.js"] == ASSETS.url("pay.js")
    found = ASSETS.find("view.js")
    assert found is not None
    assert found.asset.body.decode() == f'export * from "{ASSETS.url("pay.js")}";\n'
    assert ASSETS.parts() == [
        "later_amount.js",
        "later_chat.js",
        *(
            "later_in_app.js",
            "later_live.js",
            "later_renewal.js",
            "later_survey.js",
            "later_time.js",
            "later_words.js",
        ),
        *("leaving.js", "pay.js", "psp_adyen.js", "psp_stripe.js", "psp_stripe_wallets.js"),
        "receipts.js",
    ]


def test_comments_go_and_code_stays() -> None:
    """Only whole-line comments, blank lines and indentation are left out."""
    source = (
        "// why\n/** doc\n * more\n */\n\nconst a = /** @type {X} */ (b); // here\n"
        "  /* one */\n  /** @type {Y} */ (c).d = 1;\n"
    )
    assert (
        without_comments(source)
        == "const a = /** @type {X} */ (b); // here\n/** @type {Y} */ (c).d = 1;\n"
    )


def test_a_comment_without_an_end_is_refused() -> None:
    """Half a file would otherwise vanish in silence."""
    with pytest.raises(AssertionError):
        without_comments("/* and then\nconst a = 1;\n")


@pytest.mark.parametrize("name", ASSETS.modules())
def test_what_is_served_still_parses(name: str, tmp_path: Path) -> None:
    """Each script without its comments is a valid module."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node on this machine")
    found = ASSETS.find(name)
    assert found is not None
    module = tmp_path / f"{Path(name).stem}.mjs"
    module.write_bytes(found.asset.body)
    checked = subprocess.run([node, "--check", str(module)], capture_output=True, check=False)
    assert checked.stderr.decode() == ""


def test_the_scripts_type_check() -> None:
    """The strict TypeScript checker, where the console has installed it, accepts the JSDoc types."""
    root = Path(__file__).parents[2]
    checker = root / "agent_feed/console/node_modules/.bin/tsc"
    if not checker.exists():
        pytest.skip("the console's TypeScript is not installed")
    settings = root / "links/pay/assets/jsconfig.json"
    checked = subprocess.run([checker, "-p", settings], capture_output=True, check=False)
    assert checked.stdout.decode() == ""
