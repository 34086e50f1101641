"""The front end comes out the same, byte for byte, wherever and whenever it is built."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from tests.support.require import missing

ROOT = Path(__file__).parents[2]
CONSOLE = ROOT / "agent_feed/console"
NODE_IN_VENV = ROOT / ".venv/node/bin"


def _built(folder: Path, **environment: str) -> dict[str, str]:
    """Each file of a build in this folder with its SHA-256."""
    shutil.copytree(CONSOLE, folder, ignore=shutil.ignore_patterns("node_modules", "dist"))
    (folder / "node_modules").symlink_to(CONSOLE / "node_modules")
    path = f"{NODE_IN_VENV}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["node", "node_modules/vite/bin/vite.js", "build"],
        cwd=folder,
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    dist = folder / "dist"
    return {
        str(file.relative_to(dist)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(dist.rglob("*"))
        if file.is_file()
    }


def test_two_builds_in_two_places_zones_and_languages_are_the_same(tmp_path: Path) -> None:
    if not (CONSOLE / "node_modules").is_dir():
        missing("npm", needs="the front end with its packages (`make setup`)")
    first = _built(tmp_path / "here", TZ="UTC", LANG="C")
    second = _built(tmp_path / "far/away", TZ="Asia/Kathmandu", LANG="de_DE.UTF-8")
    assert first == second
    assert len(first) > 20
