"""Single sign-on from the environment: whole or not at all, https in production, and checked by `paythread doctor`.

Covers app.sso_settings and app.sso_provider.
"""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings, SettingsUnusable
from app.sso_provider import sso_config, sso_provider
from compliance.roles import Role
from tests.app.test_cli import Operator

WHOLE = {
    "sso_issuer": "https://login.example.com",
    "sso_client_id": "console",
    "sso_client_secret": "very secret",
}


def make(**values: object) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


def test_without_an_issuer_there_is_none() -> None:
    assert sso_provider(make()) is None


def test_what_is_set_reaches_the_provider(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from a file\n")
    config = sso_config(
        make(
            base_url="https://pay.example.com",
            sso_issuer="https://login.example.com/realms/acme",
            sso_client_id="console",
            sso_client_secret_file=str(file),
            sso_domains="@Acme.example, acme.test",
            sso_roles="pay admins=admin, leads = supervisor",
            sso_make_people=True,
            sso_factor_values="mfa,phr",
        )
    )
    assert config is not None
    assert "from a file" == config.client_secret
    assert frozenset({"acme.example", "acme.test"}) == config.domains
    assert {"pay admins": Role.ADMIN, "leads": Role.SUPERVISOR} == config.roles
    assert frozenset({"mfa", "phr"}) == config.factor_values
    assert "https://pay.example.com/v1/sso/callback" == config.redirect_uri


@pytest.mark.parametrize(
    "wrong",
    [
        {"sso_client_id": None},
        {"sso_client_secret": None},
        {"sso_client_secret_file": "/somewhere"},
        {"sso_issuer": "http://login.example.com"},
        {"sso_issuer": "login.example.com"},
        {"sso_issuer": "https://me@login.example.com"},
        {"sso_issuer": "https://login.example.com?x=1"},
        {"sso_domains": "*"},
        {"sso_domains": "*.example.com"},
        {"sso_make_people": True},
        {"sso_roles": "boss"},
        {"sso_roles": "boss=integration"},
        {"sso_new_role": "integration"},
        {"sso_scopes": "email profile"},
    ],
)
def test_settings_that_would_let_in_too_many_or_nobody_are_refused(
    wrong: dict[str, object],
) -> None:
    make(**WHOLE)
    with pytest.raises(ValidationError):
        make(**{**WHOLE, **wrong})


def test_a_provider_in_the_clear_is_for_trying_out_on_one_machine_alone() -> None:
    local = {**WHOLE, "sso_issuer": "http://127.0.0.1:9000"}
    assert make(**local).sso_issuer == "http://127.0.0.1:9000"
    with pytest.raises(ValidationError, match="https in production"):
        make(**local, base_url="https://pay.example.com")


def test_the_secret_does_not_show() -> None:
    assert "very secret" not in repr(make(**WHOLE))


@pytest.mark.parametrize("name", ["sso_client_secret_file", "sso_ca_file"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    whole = {**WHOLE, name: str(tmp_path / "nothing")}
    if name == "sso_client_secret_file":
        del whole["sso_client_secret"]
    with pytest.raises(SettingsUnusable, match=f"PAYTHREAD_{name.upper()}"):
        sso_provider(make(**whole))


def test_doctor_tells_of_a_provider_that_does_not_answer(tmp_path: Path) -> None:
    operator = Operator(tmp_path)
    operator.run("migrate")
    assert "ok    single sign-on" in operator.run("doctor").stdout
    done = operator.run(
        "doctor",
        PAYTHREAD_SSO_ISSUER="http://127.0.0.1:1",
        PAYTHREAD_SSO_ALLOWED_HOSTS="127.0.0.1",
        PAYTHREAD_SSO_CLIENT_ID="console",
        PAYTHREAD_SSO_CLIENT_SECRET="secret",
    )
    assert 1 == done.returncode
    assert "MEND  single sign-on: The provider does not answer (connection_failed)." in done.stdout
