"""Signing in is hard to guess at, and a session ends when it should."""

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from compliance import sessions
from compliance.journal import Query, Reader
from compliance.merchants import Merchant
from compliance.principal import NotSignedIn, Principal
from compliance.roles import Role
from compliance.sessions import (
    FAILURES_MAX,
    IDLE_MAX,
    LIFE_MAX,
    LOCK,
    BadCredentials,
    SignedIn,
    csrf_holds,
)
from compliance.users import users
from compliance.vault import Vault
from core.database import Database
from tests.conftest import PASSWORD, NewUser
from tests.support.clock import SettableClock

EMAIL = "zoe@acme.example"


class Door:
    """Signs in and asks after sessions, as the doors do."""

    def __init__(self, database: Database, vault: Vault, clock: SettableClock) -> None:
        self.database, self.vault, self.clock = database, vault, clock

    async def sign_in(self, password: str = PASSWORD, *, email: str = EMAIL) -> SignedIn:
        return await sessions.sign_in(
            self.database,
            self.vault,
            email=email,
            password=password,
            origin="203.0.113.7",
            now=self.clock(),
        )

    async def refused(self, password: str = "wrong horse 1", *, email: str = EMAIL) -> str:
        with pytest.raises(BadCredentials) as refusal:
            await self.sign_in(password, email=email)
        return refusal.value.detail

    async def find(self, token: str) -> Principal:
        async with self.database.snapshot() as session:
            return await sessions.find_session(session, self.vault, token, now=self.clock())

    async def touch(self, caller: Principal) -> None:
        assert caller.session is not None
        await sessions.touch(self.database, caller.session, now=self.clock())

    async def end(self, caller: Principal) -> None:
        async with self.database.transaction() as session:
            await sessions.end_session(session, caller, now=self.clock())


@pytest.fixture
async def door(
    database: Database, vault: Vault, clock: SettableClock, merchant: Merchant, new_user: NewUser
) -> Door:
    """A door to a merchant where Zoë is an agent."""
    await new_user(merchant.id, Role.AGENT, email=EMAIL)
    return Door(database, vault, clock)


async def test_the_right_password_opens_a_session_that_names_its_user(
    door: Door, merchant: Merchant
) -> None:
    signed_in = await door.sign_in()
    caller = await door.find(signed_in.token)
    assert (merchant.id, signed_in.user.id, Role.AGENT) == (caller.merchant, caller.id, caller.role)
    assert frozenset({caller.id}) == caller.teammates


async def test_the_address_is_taken_whatever_its_case(door: Door) -> None:
    assert await door.sign_in(email=f" {EMAIL.upper()} ")


async def test_a_supervisors_session_sees_everybodys_work(
    door: Door, merchant: Merchant, new_user: NewUser
) -> None:
    await new_user(merchant.id, Role.SUPERVISOR, email="boss@acme.example")
    caller = await door.find((await door.sign_in(email="boss@acme.example")).token)
    assert caller.teammates is None


async def test_wrong_password_unknown_address_and_locked_account_answer_alike(door: Door) -> None:
    wrong = await door.refused()
    unknown = await door.refused(email="nobody@acme.example")
    for _ in range(FAILURES_MAX):
        await door.refused()
    locked = await door.refused(PASSWORD)
    assert wrong == unknown == locked


async def test_the_tenth_wrong_password_locks_the_account_for_half_an_hour(door: Door) -> None:
    for _ in range(FAILURES_MAX - 1):
        await door.refused()
    await door.sign_in()  # the ninth did not lock it, and signing in starts the count anew
    for _ in range(FAILURES_MAX):
        await door.refused()
    door.clock.advance(LOCK - timedelta(seconds=1))
    await door.refused(PASSWORD)
    door.clock.advance(seconds=1)
    await door.sign_in()


async def test_wrong_passwords_at_once_all_count(door: Door) -> None:
    await asyncio.gather(*(door.refused() for _ in range(FAILURES_MAX)))
    await door.refused(PASSWORD)


async def test_the_right_one_among_guesses_sent_at_once_comes_too_late_for_a_locked_account(
    door: Door,
) -> None:
    async with door.database.transaction() as session:
        await session.one_or_none(sa.select(users).with_for_update())
        guess = asyncio.create_task(door.sign_in())
        await asyncio.sleep(0.5)  # it has read the account unlocked, and now waits to write
        locked_until = door.clock() + LOCK
        await session.execute(sa.update(users).values(locked_until=locked_until))
    with pytest.raises(BadCredentials):
        await guess


async def test_a_user_who_was_switched_off_cannot_sign_in_and_is_out_at_once(door: Door) -> None:
    signed_in = await door.sign_in()
    async with door.database.transaction() as session:
        await session.execute(sa.update(users).values(disabled_at=door.clock()))
    await door.refused(PASSWORD)
    with pytest.raises(NotSignedIn):
        await door.find(signed_in.token)


async def test_a_session_ends_when_it_was_idle_for_a_quarter_of_an_hour(door: Door) -> None:
    signed_in = await door.sign_in()
    door.clock.advance(IDLE_MAX - timedelta(seconds=1))
    caller = await door.find(signed_in.token)
    await door.touch(caller)
    door.clock.advance(IDLE_MAX - timedelta(seconds=1))
    await door.find(signed_in.token)
    door.clock.advance(seconds=1)
    with pytest.raises(NotSignedIn):
        await door.find(signed_in.token)
    assert timedelta(minutes=15) == IDLE_MAX  # PCI DSS 8.2.8


async def test_a_session_ends_after_half_a_day_however_busy(door: Door) -> None:
    signed_in = await door.sign_in()
    caller = await door.find(signed_in.token)
    opened = door.clock()
    while door.clock() < opened + LIFE_MAX - timedelta(minutes=10):
        door.clock.advance(minutes=10)
        await door.touch(caller)
    await door.find(signed_in.token)
    door.clock.set(opened + LIFE_MAX)
    await door.touch(caller)
    with pytest.raises(NotSignedIn):
        await door.find(signed_in.token)


async def test_signing_out_ends_the_session_at_once_and_only_this_one(door: Door) -> None:
    first, second = await door.sign_in(), await door.sign_in()
    caller = await door.find(first.token)
    await door.end(caller)
    with pytest.raises(NotSignedIn):
        await door.find(first.token)
    await door.find(second.token)
    assert caller.session is not None
    async with door.database.snapshot() as session:
        assert not await sessions.still_alive(session, caller.session, now=door.clock())
        assert not await sessions.still_alive(session, "ses_nobody", now=door.clock())


async def test_a_long_lived_socket_can_ask_whether_its_session_still_holds(door: Door) -> None:
    caller = await door.find((await door.sign_in()).token)
    assert caller.session is not None
    async with door.database.snapshot() as session:
        assert await sessions.still_alive(session, caller.session, now=door.clock())
        idle = door.clock() + IDLE_MAX
        assert not await sessions.still_alive(session, caller.session, now=idle)


@pytest.mark.parametrize("token", ["", "x", "é" * 50])
async def test_no_other_cookie_names_a_session(door: Door, token: str) -> None:
    await door.sign_in()
    with pytest.raises(NotSignedIn):
        await door.find(token)


async def test_the_token_is_long_and_not_in_the_database(door: Door) -> None:
    signed_in = await door.sign_in()
    async with door.database.snapshot() as session:
        [row] = await session.all(sa.select(sessions.sessions))
    assert len(signed_in.token) >= 43
    assert signed_in.token not in repr(dict(row))
    assert signed_in.token not in repr(signed_in)


async def test_every_try_is_in_the_journal_with_its_origin_and_signing_out_once(
    door: Door, merchant: Merchant, reader: Reader
) -> None:
    await door.refused()
    caller = await door.find((await door.sign_in()).token)
    await door.end(caller)
    await door.end(caller)
    async with door.database.snapshot() as session:
        entries = await reader.read(session, Query(merchant=merchant.id, after=1))
    assert ["session.failed", "session.started", "session.ended"] == [e.type for e in entries]
    assert {f"user:{caller.id}"} == {entry.actor for entry in entries}


def test_the_csrf_token_belongs_to_its_cookie() -> None:
    token = sessions.csrf_token("cookie")
    assert csrf_holds("cookie", token)
    for claimed in (None, "", token[:-1], sessions.csrf_token("other"), "é"):
        assert not csrf_holds("cookie", claimed)
