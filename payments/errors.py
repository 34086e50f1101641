"""What can go wrong with a payment.

PaythreadError
  ├─ AttemptLive            a try is under way; nothing about the debt may change meanwhile
  ├─ NothingDue             the debt is settled or called off
  ├─ MethodUnusable         the card token cannot be used (again)
  ├─ GatewayUnavailable     the PSP could not be asked, and certainly did nothing
  ├─ NoGateway              no PSP account is set up for the merchant
  └─ WebhookForged          a report whose signature does not hold
"""

from core.errors import Kind, PaythreadError


class AttemptLive(PaythreadError):
    """An attempt of this payment is under way."""

    code = "attempt_live"
    kind = Kind.CONFLICT

    def __init__(self, attempt_id: str) -> None:
        super().__init__("The customer is paying at this moment.")
        self.attempt_id = attempt_id


class NothingDue(PaythreadError):
    """There is nothing (more) to pay."""

    code = "not_payable"
    kind = Kind.CONFLICT


class MethodUnusable(PaythreadError):
    """The PSP does not know the card token, or it was used up. Enter the card again."""

    code = "method_unusable"


class GatewayUnavailable(PaythreadError):
    """The PSP did not answer a question that moves no money. Nothing was charged."""

    code = "psp_unavailable"
    kind = Kind.UNAVAILABLE


class NoGateway(PaythreadError):
    """The merchant has no PSP account."""

    code = "psp_not_configured"
    kind = Kind.UNAVAILABLE


class WebhookForged(PaythreadError):
    """The signature is missing, malformed, too old or wrong. Nothing is stored."""

    code = "signature_invalid"
    kind = Kind.MALFORMED
