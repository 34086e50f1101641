"""Lighthouse's figures of a page, mobile and throttled as it is by itself, where Lighthouse is installed."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.support.chromium import find_chromium

_SECONDS_MAX: Final = 240
_CATEGORIES: Final = ("performance", "accessibility", "best-practices")


@dataclass(frozen=True, slots=True)
class Rating:
    """Scores of 100 by category; `lost` names each audit that cost points, with its own words."""

    scores: dict[str, int]
    largest_paint: str
    lost: list[str]


def rate(url: str, peers: Path | None) -> Rating | None:
    """None where Lighthouse or a browser is missing; `npm install --prefix FOLDER lighthouse` puts it into `peers`."""
    program = (peers or Path()) / "node_modules" / "lighthouse" / "cli" / "index.js"
    chromium = find_chromium()
    own_node = Path(sys.executable).parents[1] / "node" / "bin" / "node"
    # Lighthouse 13 wants Node 22, which the development packages bring.
    node = str(own_node) if own_node.exists() else shutil.which("node")
    if peers is None or not program.exists() or chromium is None or node is None:
        return None
    with tempfile.TemporaryDirectory(prefix="paythread-lighthouse-") as folder:
        output = Path(folder) / "report.json"
        flags = "--headless=new" + (" --no-sandbox" if os.geteuid() == 0 else "")
        subprocess.run(
            [
                *(node, str(program.resolve()), url, "--quiet", "--output=json"),
                *(f"--output-path={output}", f"--chrome-flags={flags}"),
                f"--only-categories={','.join(_CATEGORIES)}",
            ],
            env=os.environ | {"CHROME_PATH": chromium},
            check=True,
            timeout=_SECONDS_MAX,
        )
        report = json.loads(output.read_text())
    audits = report["audits"]
    lost = [
        f"{name}: {audits[ref['id']]['title']} ({audits[ref['id']].get('displayValue', 'failed')})"
        for name in _CATEGORIES
        for ref in report["categories"][name]["auditRefs"]
        if ref["weight"]
        and (audits[ref["id"]]["score"] or 0) < 1
        and audits[ref["id"]]["scoreDisplayMode"] != "notApplicable"
    ]
    scores = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in _CATEGORIES}
    return Rating(scores, audits["largest-contentful-paint"]["displayValue"], lost)
