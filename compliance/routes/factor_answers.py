"""How doors tell an authenticator app's secret: as text to type, as an address to tap, as a code to scan."""

from typing import Any

from fastapi import Request

from compliance import totp
from compliance.letters import Letters

_ISSUER = "Paythread"


def letters_of(request: Request) -> Letters:
    """How this service writes to people."""
    letters: Letters = request.app.state.letters
    return letters


def app_details(request: Request, *, secret: str, email: str) -> dict[str, Any]:
    """Told once."""
    address = totp.address_for_apps(secret, account=email, issuer=_ISSUER)
    picture = letters_of(request).draw(address).decode()
    return {"secret": secret, "otpauth_url": address, "qr_svg": picture}
