"""The settings of a key management service, refused when unsafe or incomplete. Covers app.kms.settings."""

import pytest
from pydantic import ValidationError

from app.settings import Settings

WHOLE = {"kms_url": "https://vault.internal:8200", "kms_key": "paythread", "kms_token": "s.x"}


def make(**values: object) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url",
    ["http://vault.internal:8200", "https://vault.internal/v1", "https://a@b", "ftp://x", "vault"],
)
def test_an_unsafe_address_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        make(**{**WHOLE, "kms_url": url})


@pytest.mark.parametrize(
    "changed",
    [{"kms_key": None}, {"kms_token": None}, {"kms_token_file": "/run/token"}, {"kms_key": "a/../b"},
     {"kms_mount": "../sys"}, {"kms_token": "two\nlines"}],
)  # fmt: skip
def test_what_does_not_fit_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        make(**{**WHOLE, **changed})


def test_without_an_address_there_is_none() -> None:
    assert make().key_service is None
    assert make(**WHOLE).key_service is not None
    assert "s.x" not in repr(make(**WHOLE))
