"""`/.well-known/security.txt` (RFC 9116): whom to tell of a weakness of this installation.

The application's state holds `security_contact`, `clock` and `channel_base_url`; without a contact there is no file.
"""

from datetime import datetime, timedelta
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from core.errors import NotFound

router = APIRouter(include_in_schema=False)

PATH: Final = "/.well-known/security.txt"
# RFC 9116, 2.5.5 recommends less than a year. Ours is made anew at each request, so a copy alone can grow old.
_HOLDS: Final = timedelta(days=180)


@router.get(PATH)
async def security_txt(request: Request) -> PlainTextResponse:
    """Whom to tell, in the form that finders look for."""
    state = request.app.state
    contact: str | None = state.security_contact
    if contact is None:
        raise NotFound("page")
    text = lines(contact, now=state.clock(), base_url=state.channel_base_url)
    return PlainTextResponse(text, headers={"Cache-Control": "public, max-age=86400"})


def lines(contact: str, *, now: datetime, base_url: str) -> str:
    """The file's text. `base_url` is where it is served; only https can be its canonical address."""
    end = (now + _HOLDS).strftime("%Y-%m-%dT00:00:00Z")
    told = [f"Contact: {contact}", f"Expires: {end}", "Preferred-Languages: en"]
    if base_url.startswith("https://"):
        told.append(f"Canonical: {base_url}{PATH}")
    return "\n".join(told) + "\n"
