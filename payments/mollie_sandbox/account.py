"""Whose account is it, and what is at hand to an operation? The sandbox's desk, with Mollie's two kinds of keys."""

from dataclasses import dataclass, field

from payments.sandbox.desk import Call, Settings

PROFILE = "pfl_sandbox01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Settings):
    """`secret_key` is the API key; only the organization's token may read the books, as at Mollie."""

    organization_token: str = field(repr=False)


def account_of(call: Call) -> Account:
    settings = call.desk.settings
    assert isinstance(settings, Account)
    return settings
