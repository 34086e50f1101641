"""The single sign-on provider that the environment describes."""

import ssl
from typing import Final

from app.settings import Settings, SettingsUnusable
from compliance.roles import Role
from compliance.sso.config import SsoConfig
from compliance.sso.provider import Provider
from core.outbound.destinations import Destinations
from core.outbound.sender import Sender

# Discovery and keys are a few KiB; an ID token with many groups may be 64.
_ANSWER_BYTES_MAX: Final = 256 * 1024
_DEADLINE_SECONDS: Final = 10
_BODY_SECONDS: Final = 5


def sso_provider(settings: Settings) -> Provider | None:
    """None where there is none. Raises `SettingsUnusable` where a file that is named cannot be read."""
    config = sso_config(settings)
    if config is None:
        return None
    sender = Sender(
        Destinations(settings.sso_allowed_hosts),
        tls=_tls(settings),
        deadline_seconds=_DEADLINE_SECONDS,
        answer_bytes_max=_ANSWER_BYTES_MAX,
        body_seconds=_BODY_SECONDS,
    )
    return Provider(config, sender)


def sso_config(settings: Settings) -> SsoConfig | None:
    """What is set, in the words of `compliance.sso`."""
    if settings.sso_issuer is None:
        return None
    assert settings.sso_client_id is not None, "checked with the settings"
    pairs = [pair.rpartition("=") for pair in settings.sso_roles]
    return SsoConfig(
        issuer=settings.sso_issuer,
        client_id=settings.sso_client_id,
        client_secret=_secret(settings),
        base_url=settings.base_url,
        label=settings.sso_label,
        domains=frozenset(settings.sso_domains),
        scopes=settings.sso_scopes,
        makes_people=settings.sso_make_people,
        new_role=Role(settings.sso_new_role),
        groups_claim=settings.sso_groups_claim,
        roles={group.strip(): Role(role.strip()) for group, _, role in pairs},
        factor_values=frozenset(settings.sso_factor_values),
        verified_claim=settings.sso_verified_claim,
    )


def _secret(settings: Settings) -> str:
    if settings.sso_client_secret_file is None:
        assert settings.sso_client_secret is not None, "checked with the settings"
        return settings.sso_client_secret
    try:
        secret = settings.sso_client_secret_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        secret = ""
    if not secret:
        raise SettingsUnusable("PAYTHREAD_SSO_CLIENT_SECRET_FILE cannot be read, or is empty.")
    return secret


def _tls(settings: Settings) -> ssl.SSLContext | None:
    if settings.sso_ca_file is None:
        return None
    try:
        return ssl.create_default_context(cafile=settings.sso_ca_file)
    except (OSError, ssl.SSLError):
        raise SettingsUnusable(
            "PAYTHREAD_SSO_CA_FILE holds no certificates that can be read."
        ) from None
