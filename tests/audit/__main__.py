"""`python -m tests.audit`: known weaknesses in what the locks name. What could not be looked up is said.

pip-audit asks for the service's Python packages, `npm audit` for what is built into the front end. Exit code 1 where
something is known to be weak; 0 also where nobody could be asked, which is printed and written to `build/audit.json`.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.audit.answers import of_npm, of_pip

ROOT = Path(__file__).parents[2]
_SECONDS_MAX = 300


def main() -> int:
    found = [
        of_pip(
            _said(
                sys.executable,
                "-m",
                "pip_audit",
                "--requirement",
                "requirements/service.txt",
                "--disable-pip",
                "--no-deps",
                "--format=json",
                "--progress-spinner=off",
            )
        ),
        of_npm(
            _said(
                shutil.which("npm") or "npm",
                "audit",
                "--omit=dev",
                "--json",
                folder="agent_feed/console",
            )
        ),
    ]
    for each in found:
        print(each.sentence)
    report = ROOT / "build/audit.json"
    report.parent.mkdir(exist_ok=True)
    report.write_text(json.dumps([each.as_json() for each in found], indent=2) + "\n", "utf-8")
    return 1 if any(each.weak for each in found) else 0


def _said(*command: str, folder: str = ".") -> str:
    try:
        done = subprocess.run(
            command,
            cwd=ROOT / folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS_MAX,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
