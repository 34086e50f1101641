"""A passkey signs in alone or after the password, and nothing but the right one at the right page does.

Covers compliance.passkey_proofs, compliance.passkey_challenges, compliance.passkey_sign_in and
compliance.routes.passkeys.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
import sqlalchemy as sa

from compliance import passkey_challenges
from compliance.merchant_settings import write
from compliance.merchants import Merchant
from compliance.passkeys import PASSKEYS_MAX
from compliance.roles import Role
from compliance.routes.gate import COOKIE, Gate
from compliance.second_factor import MfaPolicy
from compliance.sessions import FAILURES_MAX
from compliance.sign_in_steps import TRIES_MAX
from compliance.users import User, users
from tests.compliance.passkey_owner import SECRET_NAME, Owner, changes, give, new_key
from tests.compliance.people_doors import at_the_doors, enter, headers_of
from tests.conftest import PASSWORD, NewMerchant, NewUser
from tests.support.clock import SettableClock


@pytest.fixture
async def people(gate: Gate) -> AsyncIterator[Callable[[User], Any]]:
    """Makes owners at the doors."""
    async with AsyncExitStack() as stack:

        async def arrive(user: User) -> Owner:
            owner = Owner(gate, await stack.enter_async_context(at_the_doors(gate)), user)
            await owner.set_up()
            return owner

        yield arrive


@pytest.fixture
async def ann(people: Any, merchant: Merchant, new_user: NewUser) -> Owner:
    """An agent with a passkey, and nothing else beside her password."""
    owner: Owner = await people(await new_user(merchant.id, email="ann@acme.example"))
    return owner


async def test_a_passkey_signs_in_without_a_password(ann: Owner) -> None:
    options = await ann.asked()
    assert ("required", []) == (options["userVerification"], options.get("allowCredentials", []))
    entered = await give(ann.client, ann.key.sign(options))
    assert 201 == entered.status_code, entered.text
    assert ann.user.id == entered.json()["user"]["id"]
    assert COOKIE in ann.client.cookies
    shown = await ann.client.get("/v1/users/me/passkeys")
    [passkey] = shown.json()["data"]
    assert (SECRET_NAME, True) == (passkey["name"], passkey["signs_in_alone"])
    assert passkey["last_used_at"] is not None


async def test_a_passkey_is_the_second_step_after_the_password(ann: Owner) -> None:
    ticket = await ann.ticket()
    options = await ann.asked(ticket)
    assert [ann.key.id] == [each["id"] for each in options["allowCredentials"]]
    ann.key.verifies = False
    assert 201 == (await ann.enter(ticket=ticket)).status_code
    over = await ann.client.post("/v1/sessions/passkeys/options", json={"ticket": ticket})
    assert "sign_in_over" == over.json()["code"]


async def test_a_recovery_code_stands_in_for_a_lost_passkey(ann: Owner) -> None:
    assert 10 == len(ann.recovery_codes)
    for code, status in ((ann.recovery_codes[0], 201), (ann.recovery_codes[0], 401)):
        ticket = await ann.ticket()
        body = {"ticket": ticket, "code": code}
        assert status == (await ann.client.post("/v1/sessions/steps", json=body)).status_code


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "http://console.test:8080"},
        {"origin": "https://console.test"},
        {"origin": "http://evil.test"},
        {"rp_id": "evil.test"},
        {"cross_origin": True},
        {"key": new_key().key},
        {"count": -1},
    ],
    ids=["port", "scheme", "origin", "rp", "frame", "key", "counter"],
)
@pytest.mark.parametrize("alone", [True, False])
async def test_what_is_wrong_is_refused_and_counted_and_not_said(
    ann: Owner, wrong: dict[str, Any], alone: bool
) -> None:
    ticket = None if alone else await ann.ticket()
    for name, value in wrong.items():
        setattr(ann.key, name, value)
    refused = await ann.enter(ticket=ticket)
    assert (401, "bad_credentials") == (refused.status_code, refused.json()["code"])
    assert "set-cookie" not in refused.headers
    unknown = await give(ann.client, new_key().sign(await ann.asked()))
    if alone:
        assert unknown.json() == refused.json()
    assert "session.failed" == (await changes(ann.gate, ann.user))[-1]


async def test_a_passkey_that_does_not_ask_who_holds_it_does_not_sign_in_alone(
    ann: Owner,
) -> None:
    ann.key.verifies = False
    assert 401 == (await ann.enter()).status_code
    ann.key.verifies = True
    assert 201 == (await ann.enter()).status_code


async def test_a_challenge_is_taken_once_also_by_two_at_once_and_by_a_wrong_answer(
    ann: Owner,
) -> None:
    options = await ann.asked()
    first, second = ann.key.sign(options), ann.key.sign(options)
    answers = await asyncio.gather(*(give(ann.client, each) for each in (first, second)))
    assert [201, 401] == sorted(answer.status_code for answer in answers)
    options = await ann.asked()
    assert 401 == (await give(ann.client, {**ann.key.sign(options), "id": "AAAA"})).status_code
    assert 401 == (await give(ann.client, ann.key.sign(options))).status_code


async def test_a_challenge_ends_after_five_minutes_and_is_swept_up(
    ann: Owner, clock: SettableClock
) -> None:
    options = await ann.asked()
    clock.advance(passkey_challenges.LIFE)
    assert 401 == (await give(ann.client, ann.key.sign(options))).status_code
    await ann.asked()
    async with ann.gate.database.snapshot() as session:
        kept = await session.all(sa.select(passkey_challenges.passkey_challenges))
    assert 1 == len(kept)


async def test_a_challenge_holds_for_what_it_was_made_for_alone(ann: Owner) -> None:
    mine, other = await ann.ticket(), await ann.ticket()
    alone, second = await ann.asked(), await ann.asked(mine)
    assert 401 == (await give(ann.client, ann.key.sign(alone), mine)).status_code
    assert 401 == (await give(ann.client, ann.key.sign(second), other)).status_code
    assert 401 == (await give(ann.client, ann.key.sign(second))).status_code
    credential = new_key().make({**alone, "user": {"id": "AAAA"}})
    refused = await ann.post("/v1/users/me/passkeys", name="x", credential=credential)
    assert (422, "passkey_refused") == (refused.status_code, refused.json()["code"])


@pytest.mark.parametrize("elsewhere", [False, True], ids=["colleague", "other merchant"])
async def test_nobody_uses_somebody_elses_passkey(
    ann: Owner, people: Any, new_merchant: NewMerchant, new_user: NewUser, elsewhere: bool
) -> None:
    home = (await new_merchant()).id if elsewhere else ann.user.merchant
    eve = await people(await new_user(home, email="eve@acme.example"))
    ticket = await ann.ticket()
    assert 401 == (await ann.enter(eve.key, ticket=ticket)).status_code
    eve.key.user_handle = ann.key.user_handle
    assert 401 == (await ann.enter(eve.key)).status_code
    path = f"/v1/users/me/passkeys/{ann.id}"
    assert 404 == (await eve.post(f"{path}/removals", password=PASSWORD)).status_code
    renamed = await eve.client.patch(path, json={"name": "mine"}, headers=eve.headers)
    assert 404 == renamed.status_code
    copied = new_key(credential_id=ann.key.credential_id)
    assert "passkey_refused" == (await eve.add(copied)).json()["code"]
    # A challenge for one's own session is worth nothing in another's.
    credential = new_key().make(await ann.options())
    refused = await eve.post("/v1/users/me/passkeys", name="x", credential=credential)
    assert "passkey_refused" == refused.json()["code"]


async def test_a_counter_that_goes_back_is_journalled(ann: Owner) -> None:
    ann.key.count = 7
    assert 201 == (await ann.enter()).status_code
    ann.key.count = 7
    assert 401 == (await ann.enter()).status_code
    ann.key.count -= 1
    assert 401 == (await ann.enter()).status_code
    told = ["passkey_added", "recovery_codes_made", "session.started"]
    again = ["passkey_counter_went_back", "session.failed"]
    assert [*told, *again, *again] == (await changes(ann.gate, ann.user))[-7:]


async def test_a_passkey_that_does_not_count_signs_in_again_and_again(
    ann: Owner,
) -> None:
    key = new_key(counts=False)
    assert 201 == (await ann.add(key)).status_code
    for _ in range(2):
        assert 201 == (await ann.enter(key)).status_code


async def test_ten_wrong_answers_lock_the_account_and_five_end_a_sign_in(ann: Owner) -> None:
    ticket = await ann.ticket()
    wrong = new_key(credential_id=ann.key.credential_id, user_handle=ann.key.user_handle)
    for _ in range(TRIES_MAX):
        assert 401 == (await ann.enter(wrong, ticket=ticket)).status_code
    over = await ann.client.post("/v1/sessions/passkeys/options", json={"ticket": ticket})
    assert "sign_in_over" == over.json()["code"]
    for _ in range(FAILURES_MAX - TRIES_MAX):
        assert 401 == (await ann.enter(wrong)).status_code
    assert 401 == (await ann.enter()).status_code
    assert 401 == (await enter(ann.client, ann.user.email)).status_code


async def test_who_is_switched_off_does_not_get_in_by_a_passkey(ann: Owner) -> None:
    async with ann.gate.database.transaction() as session:
        await session.execute(sa.update(users).values(disabled_at=ann.gate.clock()))
    assert 401 == (await ann.enter()).status_code


async def test_a_password_that_somebody_else_knows_is_changed_also_after_a_passkey(
    ann: Owner,
) -> None:
    async with ann.gate.database.transaction() as session:
        await session.execute(sa.update(users).values(password_must_change=True))
    asked_for = await ann.enter()
    assert (202, "password") == (asked_for.status_code, asked_for.json()["pending"]["step"])
    body = {"ticket": asked_for.json()["pending"]["ticket"], "new_password": "a fresh horse 2"}
    assert 201 == (await ann.client.post("/v1/sessions/steps", json=body)).status_code


@pytest.mark.parametrize(
    "wrong", [{"origin": "http://evil.test"}, {"rp_id": "evil.test"}, {"cross_origin": True}]
)
async def test_a_passkey_of_another_page_is_not_added(ann: Owner, wrong: dict[str, Any]) -> None:
    refused = await ann.add(new_key(**wrong))
    assert (422, "passkey_refused") == (refused.status_code, refused.json()["code"])


async def test_adding_and_removing_ask_for_the_password(ann: Owner) -> None:
    for path in ("options", f"{ann.id}/removals"):
        refused = await ann.post(f"/v1/users/me/passkeys/{path}", password="not a horse 1")
        assert (403, "wrong_password") == (refused.status_code, refused.json()["code"])


async def test_adding_one_ends_ones_other_sessions(ann: Owner) -> None:
    other = await ann.enter()
    assert 201 == other.status_code
    cookie = {"cookie": f"{COOKIE}={ann.client.cookies[COOKIE]}"}
    assert 201 == (await ann.add(new_key())).status_code
    ann.client.cookies.clear()
    assert 401 == (await ann.client.get("/v1/sessions/current", headers=cookie)).status_code
    assert 200 == (await ann.client.get("/v1/sessions/current", headers=ann.headers)).status_code


async def test_nobody_has_more_than_ten(ann: Owner) -> None:
    for _ in range(PASSKEYS_MAX - 1):
        added = await ann.add(new_key())
        assert (201, False) == (added.status_code, "recovery_codes" in added.json())
    refused = await ann.post("/v1/users/me/passkeys/options", password=PASSWORD)
    assert (409, "too_many_passkeys") == (refused.status_code, refused.json()["code"])


async def test_a_name_is_changed_and_sealed(ann: Owner) -> None:
    path = f"/v1/users/me/passkeys/{ann.id}"
    renamed = await ann.client.patch(path, json={"name": "Desk key"}, headers=ann.headers)
    assert "Desk key" == renamed.json()["name"]
    async with ann.gate.database.snapshot() as session:
        stored = repr(await session.all(sa.text("SELECT * FROM passkeys")))  # type: ignore[arg-type]
    assert "Desk key" not in stored


async def test_the_last_factor_stays_where_the_policy_asks_for_one(
    ann: Owner, merchant: Merchant, clock: SettableClock
) -> None:
    async with ann.gate.database.transaction() as session:
        await write(
            session,
            merchant.id,
            MfaPolicy,
            {"required_for": [Role.AGENT.value]},
            actor="system",
            now=clock(),
        )
    # A passkey is the factor that the policy asks for: no app is.
    assert 201 == (await ann.enter(ticket=await ann.ticket())).status_code
    removals = f"/v1/users/me/passkeys/{ann.id}/removals"
    refused = await ann.post(removals, password=PASSWORD)
    assert (409, "second_factor_required") == (refused.status_code, refused.json()["code"])
    second = (await ann.add(new_key())).json()["id"]
    assert 204 == (await ann.post(removals, password=PASSWORD)).status_code
    refused = await ann.post(f"/v1/users/me/passkeys/{second}/removals", password=PASSWORD)
    assert 409 == refused.status_code
    assert 401 == (await ann.enter()).status_code


async def test_without_a_factor_the_password_is_enough_and_old_codes_are_gone(ann: Owner) -> None:
    removed = await ann.post(f"/v1/users/me/passkeys/{ann.id}/removals", password=PASSWORD)
    assert 204 == removed.status_code
    shown = await ann.client.get("/v1/users/me/second-factor", headers=ann.headers)
    assert (False, 0, 0) == (
        shown.json()["in_use"],
        shown.json()["passkeys"],
        shown.json()["recovery_codes_left"],
    )
    assert 201 == (await enter(ann.client, ann.user.email)).status_code


async def test_an_admin_takes_a_lost_persons_passkeys_away(
    ann: Owner, merchant: Merchant, new_user: NewUser
) -> None:
    boss = await new_user(merchant.id, Role.ADMIN, email="boss@acme.example")
    path = f"/v1/users/{ann.user.id}/second-factor-resets"
    ann.client.cookies.clear()
    taken = await ann.client.post(
        path, json={"password": PASSWORD}, headers=await headers_of(ann.gate, boss)
    )
    assert 204 == taken.status_code, taken.text
    assert 401 == (await ann.enter()).status_code
    assert 201 == (await enter(ann.client, ann.user.email)).status_code


@pytest.mark.parametrize("bad", ["AAAA", "e30", "eyJ0eXBlIjoxfQ", "W10", "bnVsbA", "_w"])
async def test_bytes_that_mean_nothing_are_refused_clearly(ann: Owner, bad: str) -> None:
    for part in ("clientDataJSON", "authenticatorData", "signature", "userHandle"):
        credential = ann.key.sign(await ann.asked())
        credential["response"][part] = bad
        assert 401 == (await give(ann.client, credential)).status_code
        async with ann.gate.database.transaction() as session:
            await session.execute(sa.update(users).values(failures=0))
    for part in ("clientDataJSON", "attestationObject"):
        credential = new_key().make(await ann.options())
        credential["response"][part] = bad
        refused = await ann.post("/v1/users/me/passkeys", name="x", credential=credential)
        assert (422, "passkey_refused") == (refused.status_code, refused.json()["code"])
