"""The settings of single sign-on. Part of `app.settings.Settings`, which prefixes their names with `PAYTHREAD_`."""

from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode

PersonRole = Literal["agent", "supervisor", "admin", "auditor"]
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_ROLES: Final = ("agent", "supervisor", "admin", "auditor")


class SsoSettings(BaseSettings):
    """One OpenID Connect provider, for the first merchant."""

    sso_issuer: str | None = Field(default=None, max_length=500)
    sso_client_id: str | None = Field(default=None, min_length=1, max_length=500)
    sso_client_secret: str | None = Field(default=None, min_length=1, repr=False)
    sso_client_secret_file: Path | None = None
    sso_domains: Annotated[list[str], NoDecode] = Field(default_factory=list)
    sso_label: str = Field(default="Sign in with your organisation", min_length=1, max_length=60)
    sso_scopes: str = Field(default="openid email profile", pattern=r"^openid( [!-~]+)*$")
    sso_make_people: bool = False
    sso_new_role: PersonRole = "agent"
    sso_groups_claim: str = Field(default="groups", min_length=1, max_length=200)
    # Group names with the role that each gives, the first that fits: `paythread-admins=admin,everybody=agent`.
    sso_roles: Annotated[list[str], NoDecode] = Field(default_factory=list)
    sso_factor_values: Annotated[list[str], NoDecode] = Field(default_factory=lambda: ["mfa"])
    sso_verified_claim: str = Field(default="email_verified", min_length=1, max_length=200)
    # Hosts (or host:port) of the provider that may be private: one within the house.
    sso_allowed_hosts: Annotated[list[str], NoDecode] = Field(default_factory=list)
    sso_ca_file: Path | None = None

    @field_validator(
        "sso_domains", "sso_roles", "sso_factor_values", "sso_allowed_hosts", mode="before"
    )
    @classmethod
    def _listed(cls, value: object) -> object:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @field_validator("sso_domains")
    @classmethod
    def _domains(cls, value: list[str]) -> list[str]:
        domains = [domain.casefold().removeprefix("@") for domain in value]
        if any("." not in domain or "@" in domain or "*" in domain for domain in domains):
            raise ValueError("must be domains, like example.com, separated by commas")
        return domains

    @field_validator("sso_roles")
    @classmethod
    def _roles(cls, value: list[str]) -> list[str]:
        pairs = [pair.rpartition("=") for pair in value]
        if any(not group.strip() or role.strip() not in _ROLES for group, _, role in pairs):
            raise ValueError(f"must be group=role pairs with one of the roles {', '.join(_ROLES)}")
        return value

    @field_validator("sso_issuer")
    @classmethod
    def _issuer(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"https", "http"} or not parts.hostname or "@" in parts.netloc:
            raise ValueError("must be the provider's issuer, like https://login.example.com")
        if parts.query or parts.fragment:
            raise ValueError("must have neither query nor fragment")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise ValueError("must be https outside this machine")
        return value

    def check_sso(self, *, secure: bool) -> None:
        """Whether the settings fit each other. Raises `ValueError`. `secure`: the console is served by https."""
        if self.sso_issuer is None:
            return
        secrets = [self.sso_client_secret, self.sso_client_secret_file]
        if self.sso_client_id is None or sum(each is not None for each in secrets) != 1:
            raise ValueError(
                "PAYTHREAD_SSO_ISSUER needs PAYTHREAD_SSO_CLIENT_ID, and PAYTHREAD_SSO_CLIENT_SECRET or "
                "PAYTHREAD_SSO_CLIENT_SECRET_FILE"
            )
        if secure and not self.sso_issuer.startswith("https://"):
            raise ValueError("PAYTHREAD_SSO_ISSUER must be https in production")
        if self.sso_make_people and not self.sso_domains:
            raise ValueError("PAYTHREAD_SSO_MAKE_PEOPLE needs PAYTHREAD_SSO_DOMAINS")
