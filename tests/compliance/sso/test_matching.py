"""Who an account at the provider is here: bound once by address, known by subject from then on, made only if set so.

Covers compliance.sso.matching, compliance.sso.identities, compliance.sso.config and compliance.sso.policy.
"""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa

from compliance.merchant_settings import write
from compliance.merchants import Merchant
from compliance.roles import Role
from compliance.routes import people
from compliance.routes.gate import Gate
from compliance.sessions import AWAY_MAX, BadCredentials, sign_in
from compliance.sso.config import SsoConfig
from compliance.sso.identities import sso_identities
from compliance.sso.policy import SsoPolicy
from compliance.users import User, users
from tests.compliance.people_doors import headers_of
from tests.compliance.sso.conftest import Browser, NewBrowser, NewDesk, Told
from tests.conftest import PASSWORD, NewMerchant, NewUser
from tests.support.clock import SettableClock
from tests.support.doors import calling, service
from tests.support.oidc_provider import OidcProvider


async def reason(browser: Browser, told: Told) -> str:
    """Signs in, is refused as everybody is, and answers what the journal says of it."""
    answer = await browser.sign_in()
    assert (401, "sso_refused") == (answer.status_code, answer.json()["code"])
    return str((await told("session.failed"))[-1]["reason"])


async def test_after_the_first_time_the_subject_counts_and_not_the_address(
    browser: Browser, far_end: OidcProvider, zoe: User, told: Told
) -> None:
    await browser.sign_in()
    far_end.account["email"] = "zoe.new@acme.example"
    answer = await browser.sign_in()
    assert zoe.id == answer.json()["user"]["id"]
    bound = [each for each in await told("user.changed") if each["change"] != "created"]
    assert [{"user": zoe.id, "change": "single_sign_on_bound"}] == bound


async def test_an_address_that_was_given_to_somebody_else_opens_nothing(
    browser: Browser, far_end: OidcProvider, zoe: User, told: Told
) -> None:
    await browser.sign_in()
    far_end.account["sub"] = "another person"
    assert "bound_to_another" == await reason(browser, told)


async def test_an_admin_lets_an_account_that_was_made_anew_bind_again(
    *,
    browser: Browser,
    far_end: OidcProvider,
    gate: Gate,
    merchant: Merchant,
    zoe: User,
    new_user: NewUser,
) -> None:
    await browser.sign_in()
    admin = await new_user(merchant.id, Role.ADMIN)
    path = f"/v1/users/{zoe.id}/single-sign-on"
    async with calling(service(gate, people.router)) as client:
        headers = await headers_of(gate, admin)
        [listed] = (await client.get("/v1/users?role=agent", headers=headers)).json()["data"]
        assert listed["single_sign_on"] is True
        assert 403 == (await client.delete(path, headers=await headers_of(gate, zoe))).status_code
        assert 204 == (await client.delete(path, headers=headers)).status_code
        assert 404 == (await client.delete(path, headers=headers)).status_code
    assert 401 == (await browser.client.get("/v1/sessions/current")).status_code
    far_end.account["sub"] = "another subject"
    assert zoe.id == (await browser.sign_in()).json()["user"]["id"]


async def test_the_subject_is_kept_as_a_keyed_hash(
    browser: Browser, far_end: OidcProvider, gate: Gate, zoe: User
) -> None:
    await browser.sign_in()
    async with gate.database.snapshot() as session:
        [row] = await session.all(sa.select(sso_identities))
    assert far_end.account["sub"] not in repr(dict(row))


async def test_another_provider_takes_the_former_ones_place(
    browser: Browser, far_end: OidcProvider, gate: Gate, zoe: User
) -> None:
    await browser.sign_in()
    async with gate.database.transaction() as session:
        await session.execute(
            sa.update(sso_identities).values(subject_hash="f" * 64, issuer="https://former.example")
        )
    assert zoe.id == (await browser.sign_in()).json()["user"]["id"]


async def test_who_is_no_user_is_not_made_one_unless_that_is_set(
    browser: Browser, gate: Gate, told: Told
) -> None:
    assert "unknown" == await reason(browser, told)
    async with gate.database.snapshot() as session:
        assert 0 == await session.scalar(sa.select(sa.func.count()).select_from(users))


async def test_somebody_new_is_made_once_in_the_role_that_is_set(
    merchant: Merchant, new_browser: NewBrowser, new_desk: NewDesk, gate: Gate, told: Told
) -> None:
    desk = new_desk(
        makes_people=True, domains=frozenset({"acme.example"}), new_role=Role.SUPERVISOR
    )
    first, second = await new_browser(desk), await new_browser(desk)
    answers = await asyncio.gather(first.sign_in(), second.sign_in())
    assert [201, 201] == [answer.status_code for answer in answers]
    made = answers[0].json()["user"]
    assert made == answers[1].json()["user"]
    assert ("Zoe", "zoe@acme.example", "supervisor") == (made["name"], made["email"], made["role"])
    changes = [each["change"] for each in await told("user.changed")]
    assert ["created", "single_sign_on_bound"] == changes
    with pytest.raises(BadCredentials):
        await _by_password(gate, "zoe@acme.example", "")


@pytest.mark.parametrize(
    ("name", "shown"),
    [(None, "zoe"), ("Zo\u202ee", "zoe"), ("n" * 200, "zoe"), (5, "zoe")],
)
async def test_a_name_that_could_pass_for_another_is_not_taken(
    merchant: Merchant, new_browser: NewBrowser, far_end: OidcProvider, name: Any, shown: str
) -> None:
    far_end.claims = {"name": name}
    browser = await new_browser(makes_people=True, domains=frozenset({"acme.example"}))
    assert shown == (await browser.sign_in()).json()["user"]["name"]


@pytest.mark.parametrize("makes_people", [True, False])
async def test_another_domain_is_not_let_in(
    *,
    merchant: Merchant,
    new_browser: NewBrowser,
    new_user: NewUser,
    far_end: OidcProvider,
    told: Told,
    makes_people: bool,
) -> None:
    domains = frozenset({"acme.example"})
    browser = await new_browser(domains=domains, makes_people=makes_people)
    far_end.account["email"] = "zoe@acme.example.evil.example"
    expected = "domain" if makes_people else "unknown"
    assert expected == await reason(browser, told)
    await new_user(merchant.id, email="zoe@acme.example.evil.example")
    assert "domain" == await reason(browser, told)


async def test_who_was_switched_off_is_out_also_by_subject(
    browser: Browser, gate: Gate, zoe: User, clock: SettableClock, told: Told
) -> None:
    await _update(gate, zoe, disabled_at=clock())
    assert "switched_off" == await reason(browser, told)
    await _update(gate, zoe, disabled_at=None)
    assert 201 == (await browser.sign_in()).status_code
    await _update(gate, zoe, disabled_at=clock())
    assert "switched_off" == await reason(browser, told)


async def test_a_locked_account_and_one_unused_for_long_are_not_let_in(
    browser: Browser, gate: Gate, zoe: User, clock: SettableClock, told: Told
) -> None:
    await _update(gate, zoe, signed_in_at=clock() - AWAY_MAX)
    assert "locked_or_away" == await reason(browser, told)


async def test_a_user_of_another_merchant_is_not_let_in_and_not_named(
    *,
    browser: Browser,
    new_merchant: NewMerchant,
    new_user: NewUser,
    clock: SettableClock,
    told: Told,
) -> None:
    """The provider vouches for the first merchant's people alone."""
    clock.advance(seconds=1)
    other = await new_merchant("Other")
    await new_user(other.id, email="zoe@acme.example")
    assert "other_merchant" == await reason(browser, told)
    assert [None] == [each["user"] for each in await told("session.failed")]


async def test_groups_give_roles_at_every_sign_in_but_leave_the_last_admin(
    *,
    merchant: Merchant,
    new_browser: NewBrowser,
    new_user: NewUser,
    far_end: OidcProvider,
    zoe: User,
) -> None:
    browser = await new_browser(roles={"bosses": Role.ADMIN, "leads": Role.SUPERVISOR})
    for groups, role in (
        (["leads", "others"], "supervisor"),
        (None, "supervisor"),
        (["leads", "bosses"], "admin"),
        (["others"], "admin"),  # nobody else could let anybody in
    ):
        far_end.account["groups"] = groups
        answer = await browser.sign_in()
        if answer.status_code == 202:
            # An admin is asked for a second factor; the role is what counts here.
            assert role == "admin"
            continue
        assert role == answer.json()["user"]["role"]
    await new_user(merchant.id, Role.ADMIN)
    assert "agent" == (await browser.sign_in()).json()["user"]["role"]


async def test_who_has_single_sign_on_may_be_kept_from_passwords_but_for_admins(
    *,
    browser: Browser,
    far_end: OidcProvider,
    gate: Gate,
    merchant: Merchant,
    zoe: User,
    new_user: NewUser,
    clock: SettableClock,
) -> None:
    ada = await new_user(merchant.id, Role.ADMIN, email="ada@acme.example")
    bob = await new_user(merchant.id, email="bob@acme.example")
    await browser.sign_in()
    far_end.account |= {"sub": "ada", "email": ada.email}
    await browser.sign_in()
    await _by_password(gate, zoe.email)
    async with gate.database.transaction() as session:
        refuse = {"refuse_passwords": True}
        await write(session, merchant.id, SsoPolicy, refuse, actor="system", now=clock())
    with pytest.raises(BadCredentials):
        await _by_password(gate, zoe.email)
    for other in (ada, bob):
        await _by_password(gate, other.email)


def test_the_first_group_that_fits_gives_the_role() -> None:
    config = SsoConfig(
        issuer="https://idp.example",
        client_id="c",
        client_secret="very secret",
        base_url="https://pay.example",
        roles={"a": Role.ADMIN, "b": Role.AUDITOR},
        new_role=Role.SUPERVISOR,
    )
    assert Role.ADMIN == config.role_of(frozenset({"a", "b"}))
    assert Role.AUDITOR == config.role_of(frozenset({"b", "c"}))
    assert Role.SUPERVISOR == config.role_of(frozenset())
    assert "https://pay.example/v1/sso/callback" == config.redirect_uri
    assert "very secret" not in repr(config)


async def _by_password(gate: Gate, email: str, password: str = PASSWORD) -> None:
    await sign_in(
        gate.database,
        gate.vault,
        email=email,
        password=password,
        origin="203.0.113.7",
        now=gate.clock(),
    )


async def _update(gate: Gate, user: User, **values: Any) -> None:
    async with gate.database.transaction() as session:
        await session.execute(sa.update(users).where(users.c.id == user.id).values(**values))
