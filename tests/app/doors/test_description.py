"""The service against its own description: thousands of requests, right and wrong, and no answer that is not in it.

schemathesis makes them from `/openapi.json`: every field at and beyond its bounds, other methods, missing
credentials, and stories of several requests. `DESCRIBED=1000` makes that many for each operation instead of two.
"""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from app.http.description import PROBLEM
from compliance.roles import Role
from compliance.routes.gate import COOKIE
from compliance.sessions import sign_in
from compliance.users import create_user
from tests.app.conftest import PASSWORD, Running
from tests.support.policies import ask_no_second_factor

EXAMPLES = os.environ.get("DESCRIBED", "2")
# What is right by the description may still name a currency or a customer that is not there, lack the key that money
# asks for, or come too often; what it must not be is too large, or of another kind.
SETTINGS = """
[checks]
positive_data_acceptance.expected-statuses = [
  "2xx", "303", "400", "401", "403", "404", "409", "410", "422", "429", "503",
]
"""
# It goes on for as long as somebody listens.
ENDLESS = "^/v1/feed/sse$"
# Software has no business there, and an admin who is signed out half-way would see nothing.
PERSONS = (
    "^/v1/(users(?!/me/password)|roles|teams|api-keys|page-|payments/.*/review|settings/schema)"
)


async def test_every_answer_to_software_is_one_that_the_description_has(
    running_service: Running, tmp_path: Path
) -> None:
    key = f"Authorization: Bearer {running_service.key}"
    await _agrees(running_service, tmp_path, "--header", key, "--exclude-path-regex", ENDLESS)


async def test_every_answer_to_an_admin_is_one_that_the_description_has(
    running_service: Running, tmp_path: Path, password_hash: str
) -> None:
    """At the doors that are a person's alone."""
    house, now = running_service.house, running_service.house.clock()
    async with house.database.transaction() as session:
        await ask_no_second_factor(session, running_service.merchant, now=now)
        await create_user(
            session,
            house.vault,
            merchant=running_service.merchant,
            name="Ada Admin",
            email="ada@acme.example",
            role=Role.ADMIN,
            team=None,
            password_hash=password_hash,
            actor="system",
            now=now,
        )
    signed_in = await sign_in(
        house.database,
        house.vault,
        email="ada@acme.example",
        password=PASSWORD,
        origin=None,
        now=now,
    )
    await _agrees(
        running_service,
        tmp_path,
        "--header",
        f"Cookie: {COOKIE}={signed_in.token}",
        "--header",
        f"X-CSRF-Token: {signed_in.csrf_token}",
        "--include-path-regex",
        PERSONS,
    )


async def _agrees(running: Running, folder: Path, *arguments: str) -> None:
    (folder / "schemathesis.toml").write_text(SETTINGS)
    done = await _run(
        "run",
        f"{running.url}/openapi.json",
        *arguments,
        "--phases",
        "coverage,fuzzing,stateful",
        "--max-examples",
        EXAMPLES,
        "--seed",
        "1",
        "--request-timeout",
        "30",
        "--no-color",
        folder=folder,
    )
    assert 0 == done.returncode, done.stdout[-8000:]


async def _run(*arguments: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "schemathesis.cli",
        *arguments,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    out, _ = await process.communicate()
    return subprocess.CompletedProcess(arguments, process.returncode or 0, out.decode())


@pytest.mark.parametrize(
    ("method", "path", "statuses"),
    [
        ("get", "/v1/links/{link_id}", {"200", "401", "403", "404", "429"}),
        ("post", "/v1/links", {"201", "401", "403", "409", "413", "415", "422", "503"}),
    ],
)
async def test_refusals_are_problems_and_callers_show_who_they_are(
    client: httpx2.AsyncClient, method: str, path: str, statuses: set[str]
) -> None:
    told = (await client.get("/openapi.json")).json()
    operation = told["paths"][path][method]
    assert statuses <= operation["responses"].keys()
    refusal = operation["responses"]["403"]["content"]["application/problem+json"]["schema"]
    assert {"$ref": f"#/components/schemas/{PROBLEM}"} == refusal
    assert {"type", "title", "status", "detail", "code"} == set(
        told["components"]["schemas"][PROBLEM]["required"]
    )
    assert operation["security"]
    named = {each["name"] for each in operation.get("parameters", [])}
    assert ("Idempotency-Key" in named) == (method == "post")
