"""The settings of a key management service. Part of `app.settings.Settings`, which prefixes their names."""

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

from app.kms.port import KeyService
from app.kms.transit import Transit

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_NAME: Final = r"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$"


class KmsSettings(BaseSettings):
    """One key of HashiCorp Vault's or OpenBao's transit engine, which wraps the master keys."""

    kms_url: str | None = Field(default=None, max_length=500)
    kms_key: str | None = Field(default=None, pattern=_NAME)
    kms_mount: str = Field(
        default="transit",
        pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$",
        max_length=200,
    )
    kms_token: str | None = Field(default=None, min_length=1, pattern=r"^[!-~]+$", repr=False)
    kms_token_file: Path | None = None
    kms_namespace: str | None = Field(default=None, pattern=r"^[!-~]{1,200}$")
    kms_ca_file: Path | None = None

    @field_validator("kms_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        is_origin = parts.scheme in {"https", "http"} and parts.hostname and "@" not in parts.netloc
        if not is_origin or parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError("must be an origin, like https://vault.internal:8200")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise ValueError("must be https outside this machine")
        return value.rstrip("/")

    def check_kms(self) -> None:
        """Whether the settings fit each other. Raises `ValueError`."""
        if self.kms_url is None:
            return
        if self.kms_key is None or (self.kms_token is None) == (self.kms_token_file is None):
            raise ValueError(
                "PAYTHREAD_KMS_URL needs PAYTHREAD_KMS_KEY, and PAYTHREAD_KMS_TOKEN or PAYTHREAD_KMS_TOKEN_FILE"
            )

    @property
    def key_service(self) -> KeyService | None:
        """The service that wraps the master keys; None where they are set as they are."""
        if self.kms_url is None or self.kms_key is None:
            return None
        return Transit(
            self.kms_url,
            self.kms_key,
            mount=self.kms_mount,
            token=self.kms_token,
            token_file=self.kms_token_file,
            namespace=self.kms_namespace,
            ca_file=self.kms_ca_file,
        )
