"""The console knows the permissions that there are, in the words of the service."""

import re
from pathlib import Path

from compliance.roles import Permission

TYPES = Path(__file__).parents[2] / "agent_feed/console/src/api/types.ts"


def test_the_console_names_each_permission_and_no_other() -> None:
    listed = re.search(r"PERMISSIONS = \[(.*?)\] as const", TYPES.read_text("utf-8"), re.DOTALL)
    assert listed is not None
    assert [each.value for each in Permission] == re.findall(r"'([a-z_.]+)'", listed[1])
