"""What the customer's page hands in, and why it may have to look again first."""

from dataclasses import dataclass

from core.errors import Kind, PaythreadError


class AmountChanged(PaythreadError):
    """The customer was shown something else than what is due now: show it first, then ask again."""

    code = "amount_changed"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSubmission:
    """What the page handed in: the PSP's card token, and what the customer was shown: revision, amount in minor units.

    `payer` is the tab's own key on a multi-use link. An `amount` of None stands for all that is due.
    """

    token: str
    method: str
    revision: int
    address: str
    device: str | None
    amount: int | None = None
    payer: str | None = None
