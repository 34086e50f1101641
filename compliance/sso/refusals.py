"""Why a sign-in by the provider ends without a session.

PaythreadError
  ├─ SsoOver         the sign-in is not this browser's, was used, or ran out
  ├─ SsoRefused      the account is not let in; why, only the journal says
  └─ SsoUnavailable  the provider does not answer, or not as it should

TokenRefused         the provider's answer does not hold; becomes a `SsoRefused`, with its reason in the journal
"""

from core.errors import Kind, PaythreadError


class SsoOver(PaythreadError):
    """The sign-in was used, ran out, never was, or began in another browser: which, is not said."""

    code = "sso_over"
    kind = Kind.UNAUTHENTICATED

    def __init__(self) -> None:
        super().__init__("This sign-in is over. Start again.")


class SsoRefused(PaythreadError):
    """The same for everybody who is not let in."""

    code = "sso_refused"
    kind = Kind.UNAUTHENTICATED

    def __init__(self) -> None:
        super().__init__("Your organisation's account could not be used to sign in here.")


class SsoUnavailable(PaythreadError):
    """Nobody can be let in this way now."""

    code = "sso_unavailable"
    kind = Kind.UNAVAILABLE


class TokenRefused(Exception):
    """`reason` is one of our own words, and holds nothing of the token. Never leaves this package."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
