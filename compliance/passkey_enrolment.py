"""A passkey as the factor that a sign-in asks for and that is not there yet, instead of an app.

The password was right, and the ticket stands at that step. A wrong answer counts as a wrong code does.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from compliance import passkeys
from compliance.passkey_proofs import RelyingParty
from compliance.sign_in_steps import Step
from compliance.signing_in import Entered, conclude, held, outcome_of, over
from compliance.vault import Vault
from core.database import Database


async def begin(
    database: Database, vault: Vault, party: RelyingParty, ticket: str, *, now: datetime
) -> dict[str, Any]:
    """What the browser is told to make one. Raises `SignInOver`."""
    async with database.transaction() as session:
        pending, user = await held(session, ticket, now=now)
        if pending["step"] != Step.ENROL:
            raise over()
        return await passkeys.begin(session, vault, party, user["id"], bound_to=ticket, now=now)


async def finish(
    database: Database,
    vault: Vault,
    party: RelyingParty,
    ticket: str,
    credential: Mapping[str, Any],
    *,
    name: str,
    transports: Sequence[str],
    origin: str | None,
    device: str | None,
    now: datetime,
) -> Entered:
    """Puts it in use and signs in, with recovery codes. Raises `SignInOver`, `BadCredentials`."""
    async with database.transaction() as session:
        pending, user = await held(session, ticket, now=now)
        if pending["step"] != Step.ENROL:
            raise over()
        made = await passkeys.prove(session, party, credential, bound_to=ticket, now=now)
        added = None
        if made is not None and await passkeys.is_new(session, made):
            added = await passkeys.add(
                session, vault, user, made, name=name, transports=transports, now=now
            )
        outcome = await conclude(
            session,
            vault,
            pending,
            user,
            ticket,
            right=added is not None,
            recovery=None if added is None else added.recovery_codes,
            origin=origin,
            device=device,
            now=now,
        )
    return outcome_of(outcome, otherwise="This passkey cannot be added.")
