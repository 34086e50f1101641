"""A real OpenID Connect provider on loopback: discovery, keys, an authorise page that asks nothing, tokens for codes.

It checks what a provider checks (client, redirect URI, PKCE, a code used once), and does wrong only what a test tells
it to: claims that are not true, and signatures by whatever key.
"""

import base64
import hashlib
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode

from joserfc import jws
from joserfc.jwk import ECKey, Key, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from core.clock import Clock
from core.strict_json import parse
from tests.support.doors import serving

CLIENT_ID = "paythread-console"
# What form encoding changes, so that it must be done.
CLIENT_SECRET = "not a real secret: +/&%"

RSA = RSAKey.generate_key(2048, {"kid": "rsa-1", "use": "sig", "alg": "RS256"}, private=True)
EC = ECKey.generate_key("P-256", {"kid": "ec-1", "use": "sig", "alg": "ES256"}, private=True)
OTHER_RSA = RSAKey.generate_key(2048, {"kid": "rsa-2", "use": "sig"}, private=True)

Forge = Callable[[dict[str, Any]], str]


@dataclass
class Asked:
    """One sign-in at the provider: what the client said."""

    redirect_uri: str
    nonce: str | None
    challenge: str


@dataclass
class OidcProvider:
    """`account` is who is signed in there; `claims` changes what a token says (None takes a claim out)."""

    clock: Clock
    issuer: str = ""
    account: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    forge: Forge | None = None
    signing_key: Key = field(default_factory=lambda: RSA)
    published: list[Key] = field(default_factory=lambda: [RSA, EC])
    metadata: dict[str, Any] = field(default_factory=dict)
    answer: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, Asked] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    is_away: bool = False
    next_code: str | None = None

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._discovery),
                Route("/keys", self._keys),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
            ]
        )

    def sign(self, claims: dict[str, Any], key: Key | None = None, **header: Any) -> str:
        """A token by one of our keys, with `header` changed."""
        signer = key or self.signing_key
        algorithm = "ES256" if isinstance(signer, ECKey) else "RS256"
        told = {"alg": algorithm, "kid": signer.kid, "typ": "JWT", **header}
        told = {name: value for name, value in told.items() if value is not None}
        return jws.serialize_compact(told, json_of(claims), signer, algorithms=[told["alg"]])

    def calls_of(self, path: str) -> int:
        return self.calls.count(path)

    async def _discovery(self, request: Request) -> Response:
        self.calls.append(request.url.path)
        if self.is_away:
            return Response(status_code=503)
        told = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "authorization_response_iss_parameter_supported": True,
            **self.metadata,
        }
        return JSONResponse({name: value for name, value in told.items() if value is not None})

    async def _keys(self, request: Request) -> Response:
        self.calls.append(request.url.path)
        return JSONResponse({"keys": [key.as_dict(private=False) for key in self.published]})

    async def _authorize(self, request: Request) -> Response:
        self.calls.append(request.url.path)
        asked = request.query_params
        if (asked["client_id"], asked["response_type"]) != (CLIENT_ID, "code"):
            return Response("unknown client", 400)
        if asked["code_challenge_method"] != "S256":
            return Response("PKCE with S256 is required", 400)
        code = self.next_code or secrets.token_urlsafe(24)
        self.codes[code] = Asked(asked["redirect_uri"], asked.get("nonce"), asked["code_challenge"])
        back = {"code": code, "state": asked["state"], "iss": self.issuer}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}", 302)

    async def _token(self, request: Request) -> Response:
        self.calls.append(request.url.path)
        form = {
            name: values[0] for name, values in parse_qs((await request.body()).decode()).items()
        }
        if _client(request, form) != (CLIENT_ID, CLIENT_SECRET):
            return JSONResponse({"error": "invalid_client"}, 401)
        asked = self.codes.pop(form.get("code", ""), None)
        verifier = form.get("code_verifier", "").encode()
        shown = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).rstrip(b"=").decode()
        if (
            asked is None
            or asked.redirect_uri != form.get("redirect_uri")
            or asked.challenge != shown
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        told = self._claims(asked)
        token = self.sign(told) if self.forge is None else self.forge(told)
        return JSONResponse(
            {"access_token": "opaque", "token_type": "Bearer", "id_token": token, **self.answer}
        )

    def _claims(self, asked: Asked) -> dict[str, Any]:
        now = int(self.clock().timestamp())
        told = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": asked.nonce,
            **self.account,
            **self.claims,
        }
        return {name: value for name, value in told.items() if value is not None}


@asynccontextmanager
async def providing(clock: Clock) -> AsyncIterator[OidcProvider]:
    """A provider on a port of its own, until the block ends."""
    provider = OidcProvider(clock)
    async with serving(provider.app()) as url:
        provider.issuer = url
        yield provider


def unsigned(claims: dict[str, Any]) -> str:
    """A token with the algorithm `none` (RFC 7519, section 6)."""
    parts = (base64_of(b'{"alg":"none"}'), base64_of(json_of(claims)), "")
    return ".".join(parts)


def _client(request: Request, form: dict[str, str]) -> tuple[str, str]:
    header = request.headers.get("authorization", "")
    if not header.startswith("Basic "):
        return form.get("client_id", ""), form.get("client_secret", "")
    name, _, secret = base64.b64decode(header[6:]).decode().partition(":")
    return unquote_plus(name), unquote_plus(secret)


def json_of(claims: dict[str, Any]) -> bytes:
    body = bytes(JSONResponse(claims).body)
    assert parse(body) == claims
    return body


def base64_of(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
