"""How single sign-on is set up: the provider, what we are there, and whom it may let in here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from compliance.roles import Role

CALLBACK: Final = "/v1/sso/callback"


@dataclass(frozen=True, slots=True)
class SsoConfig:
    """One provider, for the first merchant of the installation.

    `domains`: the email domains that are let in; empty lets in any, for people who are users already. `roles`: which
    group gives which role, the first that fits; without any, roles are given here. `new_role`: the role of people
    made at their first sign-in, and of who is in none of the groups. `factor_values`: what `amr` or `acr` says after a
    second factor. `verified_claim`: the claim that says whether the email address was verified.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    base_url: str
    label: str = "Sign in with your organisation"
    domains: frozenset[str] = frozenset()
    scopes: str = "openid email profile"
    makes_people: bool = False
    new_role: Role = Role.AGENT
    groups_claim: str = "groups"
    roles: Mapping[str, Role] = field(default_factory=dict)
    factor_values: frozenset[str] = frozenset({"mfa"})
    verified_claim: str = "email_verified"

    @property
    def redirect_uri(self) -> str:
        """Where the provider sends people back to: fixed, and registered there."""
        return f"{self.base_url}{CALLBACK}"

    def lets_in(self, email: str) -> bool:
        """Whether the address is of one of the domains."""
        return not self.domains or email.rpartition("@")[2] in self.domains

    def role_of(self, groups: frozenset[str]) -> Role:
        """The role that these groups give."""
        return next((role for name, role in self.roles.items() if name in groups), self.new_role)
