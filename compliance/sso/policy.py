"""What a merchant's admins decide about single sign-on. What connects it is the operator's (`app.sso_settings`)."""

from dataclasses import dataclass
from typing import ClassVar

from compliance.merchant_settings import Setting, switch


@dataclass(frozen=True, slots=True)
class SsoPolicy(Setting):
    """`accept_second_factor`: a second factor that the provider says it has seen stands for our own.

    `refuse_passwords`: who has signed in by the provider once signs in by it alone; admins keep their password for the
    day when the provider is away.
    """

    name: ClassVar[str] = "single_sign_on"
    accept_second_factor: bool = switch(default=False)
    refuse_passwords: bool = switch(default=False)
