"""Settings: refused when unsafe, with a sentence that names the variable and never its value."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings, SettingsUnusable, load_settings


def make(**values: object) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url", ["http://pay.example.com", "ftp://127.0.0.1", "https://pay.example.com/path", "nonsense"]
)
def test_an_unsafe_base_url_is_refused(url: str) -> None:
    """PCI DSS 4.2.1: payments travel encrypted, except inside this machine."""
    with pytest.raises(ValidationError):
        make(base_url=url)


def test_loopback_may_be_plain() -> None:
    assert make(base_url="http://127.0.0.1:8000/").base_url == "http://127.0.0.1:8000"


def test_customers_use_the_service_s_own_address_unless_told_otherwise() -> None:
    assert make(base_url="https://a.example").pay_url == "https://a.example"
    both = make(base_url="https://a.example", pay_base_url="https://pay.example")
    assert both.pay_url == "https://pay.example"
    assert both.hosts == frozenset({"a.example", "pay.example"})


def test_a_wrong_setting_is_named_without_its_value(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAYTHREAD_BASE_URL", "http://secret-host.example")
    with pytest.raises(SettingsUnusable) as caught:
        load_settings()
    assert "base_url" in caught.value.detail
    assert "secret-host" not in caught.value.detail


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    shown = repr(make(master_key="ab" * 32, STRIPE_SECRET_KEY="sk_live_secret"))
    assert "abab" not in shown
    assert "sk_live" not in shown


def test_secrets_may_be_files_named_as_their_variables(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As Docker, systemd and Kubernetes hand them over; the environment goes first."""
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("PAYTHREAD_MASTER_KEY", "ab" * 32),
        ("PAYTHREAD_DATABASE_URL", "postgresql://file/one"),
        ("STRIPE_SECRET_KEY", "sk_1"),
    ):
        (tmp_path / name).write_text(text + "\n")
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PAYTHREAD_SECRETS_DIR", str(tmp_path))
    monkeypatch.setenv("PAYTHREAD_DATABASE_URL", "postgresql://environment/two")
    settings = load_settings()
    assert "ab" * 32 == settings.master_key
    assert "sk_1" == settings.stripe_secret_key
    assert "postgresql://environment/two" == settings.database


def test_a_secrets_folder_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAYTHREAD_SECRETS_DIR", str(tmp_path / "nothing"))
    with pytest.raises(SettingsUnusable, match="PAYTHREAD_SECRETS_DIR"):
        load_settings()
