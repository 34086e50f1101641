"""`paythread page`, from `app.cli.page`, beside a running service."""

import asyncio
import json
import os
import sys
from typing import Any

import pytest

from tests.links.watch.conftest import Watched


async def page(watched: Watched, *arguments: str) -> tuple[int, str]:
    settings = watched.house.settings
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(settings.data_dir),
        "PAYTHREAD_DATA_DIR": str(settings.data_dir),
        "PAYTHREAD_BASE_URL": settings.base_url,
        "PAYTHREAD_PAY_BASE_URL": settings.pay_url,
        "PAYTHREAD_MASTER_KEY": "cd" * 32,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.cli", "page", *arguments),
        env=environment | {"PYTHONPATH": os.pathsep.join(each for each in sys.path if each)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, output.decode()


@pytest.mark.timeout(120)
async def test_the_inventory_and_a_look_at_the_page_come_without_a_browser_too(
    watched: Watched,
) -> None:
    status, text = await page(watched, "inventory", "--json")
    assert 0 == status, text
    told: list[dict[str, Any]] = json.loads(text.splitlines()[-1])["data"]
    assert (await watched.page())["scripts"] == told[0]["scripts"]
    status, text = await page(watched, "check")
    assert (0, True) == (status, f"{watched.account}: as_expected" in text), text
    watched.proxy.injects("<script>steal()</script>")
    status, text = await page(watched, "check")
    assert (1, True) == (status, "added script inline plain" in text), text
