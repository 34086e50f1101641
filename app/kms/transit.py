"""The transit engine of HashiCorp Vault and OpenBao, over their HTTP API.

`POST /v1/{mount}/encrypt/{key}` and `/decrypt/{key}`; texts travel as base64, a wrapped one is `vault:v{version}:…`
(https://developer.hashicorp.com/vault/api-docs/secret/transit). A token of a policy that may update these two paths
alone is enough.
"""

import base64
import binascii
import re
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx2

from app.kms.port import KmsUnusable

# Short, for a process that hears of a new list waits for it.
_SECONDS: Final = 5.0
_WRAPPED: Final = re.compile(r"vault:v[0-9]{1,9}:[A-Za-z0-9+/]+={0,2}")
_TOKEN_BYTES_MAX: Final = 4096
_REASONS: Final = {
    400: "it cannot open this: the wrapped key is of another key or damaged (400)",
    403: "it refuses our token (403)",
    404: "it has no such mount or key (404)",
    503: "it is sealed or in maintenance (503)",
}


@dataclass(frozen=True, slots=True)
class Transit:
    """One transit key. The token comes from a file where that is set, read at each call: an agent renews it there."""

    url: str
    key: str
    mount: str = "transit"
    token: str | None = field(default=None, repr=False)
    token_file: Path | None = None
    namespace: str | None = None
    ca_file: Path | None = None

    def knows(self, text: str) -> bool:
        """Whether the text looks like `vault:v1:…`."""
        return _WRAPPED.fullmatch(text) is not None

    def wrap(self, secret: bytes) -> str:
        """`vault:v1:…`. Raises `KmsUnusable`."""
        wrapped = self._ask("encrypt", plaintext=base64.b64encode(secret).decode())
        if not self.knows(wrapped):
            raise self._unusable("what it answered is no wrapped key")
        return wrapped

    def unwrap(self, wrapped: str) -> bytes:
        """Raises `KmsUnusable`."""
        try:
            return base64.b64decode(self._ask("decrypt", ciphertext=wrapped), validate=True)
        except binascii.Error:
            raise self._unusable("what it answered is no key") from None

    def _ask(self, act: str, **given: str) -> str:
        headers = {"X-Vault-Token": self._token(), "X-Vault-Request": "true"}
        if self.namespace is not None:
            headers["X-Vault-Namespace"] = self.namespace
        try:
            answer = httpx2.post(
                f"{self.url}/v1/{self.mount}/{act}/{self.key}",
                json=given,
                headers=headers,
                timeout=_SECONDS,
                verify=self._trusted(),
                trust_env=False,
            )
        except (httpx2.HTTPError, OSError) as error:
            raise self._unusable(f"it does not answer ({type(error).__name__})") from None
        if answer.status_code != 200:
            reason = _REASONS.get(answer.status_code, f"it answered {answer.status_code}")
            raise self._unusable(reason)
        return self._said(answer, "plaintext" if act == "decrypt" else "ciphertext")

    def _said(self, answer: httpx2.Response, name: str) -> str:
        try:
            body: Any = answer.json()
            said = body["data"][name]
        except (ValueError, KeyError, TypeError):
            said = None
        if not isinstance(said, str):
            raise self._unusable("what it answered is not the transit engine's form")
        return said

    def _token(self) -> str:
        if self.token_file is None:
            return self.token or ""
        try:
            with self.token_file.open() as file:
                return file.read(_TOKEN_BYTES_MAX).strip()
        except (OSError, UnicodeDecodeError) as error:
            raise KmsUnusable(
                f"PAYTHREAD_KMS_TOKEN_FILE cannot be read ({type(error).__name__})."
            ) from None

    def _trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.ca_file)

    def _unusable(self, reason: str) -> KmsUnusable:
        return KmsUnusable(f"The key management service of PAYTHREAD_KMS_URL: {reason}.")
