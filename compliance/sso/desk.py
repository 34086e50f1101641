"""Signing in by the provider, from the button to the session: authorization code flow with PKCE and a nonce.

Between the two database transactions the provider is asked; none is open meanwhile. Whoever is not let in gets one
answer, and the journal the reason.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode, urlsplit

import sqlalchemy as sa
import structlog

from compliance import access_tickets
from compliance.journal import Event, record
from compliance.merchant_settings import read
from compliance.merchants import list_merchants
from compliance.sessions import SignedIn, may_enter, open_session
from compliance.sign_in_steps import Step, StepAsked, Way, step_after, ways_of
from compliance.sso import id_tokens, logins
from compliance.sso.config import SsoConfig
from compliance.sso.id_tokens import Claims
from compliance.sso.logins import Login
from compliance.sso.matching import Stranger, find_or_make
from compliance.sso.policy import SsoPolicy
from compliance.sso.provider import Provider
from compliance.sso.refusals import SsoOver, SsoRefused, TokenRefused
from compliance.vault import Vault
from core.clock import Clock
from core.database import Database, Session
from core.errors import NotFound

log = structlog.get_logger()

CODE_LENGTH_MAX: Final = 4096
STATE_LENGTH_MAX: Final = 64


@dataclass(frozen=True, slots=True, repr=False)
class Started:
    """Where the browser goes now, and what its cookie holds."""

    url: str
    browser: str


@dataclass(frozen=True, slots=True, repr=False)
class Arrived:
    """Back from the provider: signed in, or asked for something else; and which of our places to go on at."""

    outcome: SignedIn | StepAsked
    return_to: str


class SsoDesk:
    """`provider` is None where single sign-on is not set up."""

    def __init__(
        self, database: Database, vault: Vault, provider: Provider | None, clock: Clock
    ) -> None:
        self._database = database
        self._vault = vault
        self._provider = provider
        self._clock = clock

    @property
    def config(self) -> SsoConfig | None:
        """How it is set up, if it is."""
        return None if self._provider is None else self._provider.config

    async def close(self) -> None:
        """Lets go of what is open."""
        if self._provider is not None:
            await self._provider.close()

    async def check(self) -> str | None:
        """What to mend, for `paythread doctor`."""
        return None if self._provider is None else await self._provider.check(now=self._clock())

    async def begin(self, *, return_to: str | None) -> Started:
        """A sign-in at the provider. Raises `NotFound` where there is none, `SsoUnavailable`."""
        provider, now = self._set_up(), self._clock()
        metadata = await provider.metadata(now=now)
        async with self._database.transaction() as session:
            merchants = await list_merchants(session)
            if not merchants:
                raise NotFound("single sign-on")
            login = await logins.begin(
                session, merchant=merchants[0].id, return_to=return_to, now=now
            )
        return Started(
            _address(metadata.authorization_endpoint, provider.config, login), login.browser
        )

    async def finish(
        self,
        *,
        state: str,
        browser: str,
        code: str,
        issuer: str | None,
        origin: str | None,
        device: str | None,
    ) -> Arrived:
        """The provider sent the browser back with a code.

        Raises `SsoOver`, `SsoRefused`, `SsoUnavailable`; `NotFound` where there is no provider.
        """
        provider, now = self._set_up(), self._clock()
        async with self._database.transaction() as session:
            login = await logins.take(session, state=state, browser=browser, now=now)
        if login is None:
            raise SsoOver
        try:
            claims = await self._claims(provider, login, code, issuer)
        except TokenRefused as refused:
            async with self._database.transaction() as session:
                _journal_failure(
                    session, login.merchant, Stranger(refused.reason), origin=origin, now=now
                )
            raise SsoRefused from None
        now = self._clock()
        async with self._database.transaction() as session:
            outcome = await self._enter(
                session, provider.config, login, claims, origin=origin, device=device, now=now
            )
        if outcome is None:
            raise SsoRefused
        return Arrived(outcome, login.return_to)

    async def _claims(
        self, provider: Provider, login: Login, code: str, issuer: str | None
    ) -> Claims:
        metadata = await provider.metadata(now=self._clock())
        # RFC 9207: an answer that another provider gave is not taken to this one.
        if issuer != provider.config.issuer and (issuer is not None or metadata.names_issuer):
            raise TokenRefused("answer_of_another_issuer")
        token = await provider.redeem(code, verifier=login.verifier, now=self._clock())
        return await id_tokens.verify(provider, token, nonce=login.nonce, now=self._clock())

    async def _enter(
        self,
        session: Session,
        config: SsoConfig,
        login: Login,
        claims: Claims,
        *,
        origin: str | None,
        device: str | None,
        now: datetime,
    ) -> SignedIn | StepAsked | None:
        merchant = login.merchant
        # The same lock as admins take who change people: a role or a switch holds while we look.
        await session.lock(f"people:{merchant}")
        found = await find_or_make(session, self._vault, config, claims, merchant=merchant, now=now)
        if isinstance(found, Stranger):
            _journal_failure(session, merchant, found, origin=origin, now=now)
            return None
        if not may_enter(found, now):
            barred = Stranger("locked_or_away", found)
            _journal_failure(session, merchant, barred, origin=origin, now=now)
            return None
        step = await self._step(session, config, claims, found, now=now)
        if step is None:
            return await open_session(
                session,
                self._vault,
                found,
                origin=origin,
                device=device,
                now=now,
                way=Way.SINGLE_SIGN_ON,
            )
        ticket = await access_tickets.issue(
            session,
            purpose=access_tickets.SSO_SIGN_IN,
            user=found["id"],
            merchant=merchant,
            step=step.value,
            now=now,
        )
        return StepAsked(ticket, step, ways_of(found, step))

    async def _step(
        self,
        session: Session,
        config: SsoConfig,
        claims: Claims,
        row: sa.RowMapping,
        *,
        now: datetime,
    ) -> Step | None:
        policy = await read(session, row["merchant"], SsoPolicy)
        if policy.accept_second_factor and claims.methods & config.factor_values:
            return None
        return await step_after(session, row, None, now=now, way=Way.SINGLE_SIGN_ON)

    def _set_up(self) -> Provider:
        if self._provider is None:
            raise NotFound("single sign-on")
        return self._provider


def _address(endpoint: str, config: SsoConfig, login: Login) -> str:
    asked = urlencode(
        {
            "response_type": "code",
            "client_id": config.client_id,
            "redirect_uri": config.redirect_uri,
            "scope": config.scopes,
            "state": login.state,
            "nonce": login.nonce,
            "code_challenge": login.challenge,
            "code_challenge_method": "S256",
        }
    )
    return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{asked}"


def _journal_failure(
    session: Session,
    merchant: str,
    stranger: Stranger,
    *,
    origin: str | None,
    now: datetime,
) -> None:
    row, reason = stranger.row, stranger.reason
    user = None if row is None else row["id"]
    log.warning("sso.refused", reason=reason, user=user)
    record(
        session,
        Event(
            type="session.failed",
            merchant=merchant,
            occurred_at=now,
            actor="system" if user is None else f"user:{user}",
            origin=origin,
            data={"user": user, "way": Way.SINGLE_SIGN_ON.value, "reason": reason},
        ),
    )
