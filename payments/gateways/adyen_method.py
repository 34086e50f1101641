"""What the page hands in of Adyen's component: the encrypted card and the browser, and the details of a challenge.

The state of a v6 card component (https://docs.adyen.com/online-payments/build-your-integration/advanced-flow) as JSON
text. Everything that is not known here is refused, and whatever could be a card number in the clear.
"""

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from compliance.masking import holds_card_number
from core.errors import PaythreadError
from core.strict_json import parse
from payments.errors import MethodUnusable

_LENGTH_MAX: Final = 32_768

# A card number has at most 19 digits, so nothing as long as this is one in the clear.
_Encrypted = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/=_.$-]{80,8000}$")]
_Token = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,20000}$")]
_Words = Annotated[str, StringConstraints(min_length=1, max_length=200)]
_Pixels = Annotated[int, Field(ge=0, le=100_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class BrowserInfo(_Strict):
    """What 3-D Secure 2 wants to know of the browser; the component collects it."""

    acceptHeader: _Words
    colorDepth: Annotated[int, Field(ge=1, le=64)]
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,20}$")]
    javaEnabled: bool
    javaScriptEnabled: bool = True
    screenHeight: _Pixels
    screenWidth: _Pixels
    timeZoneOffset: Annotated[int, Field(ge=-1000, le=1000)]
    userAgent: Annotated[str, StringConstraints(min_length=1, max_length=2048)]


class CardMethod(_Strict):
    """The component's `paymentMethod`, with its `browserInfo` beside."""

    type: Literal["scheme"]
    encryptedCardNumber: _Encrypted
    encryptedExpiryMonth: _Encrypted
    encryptedExpiryYear: _Encrypted
    encryptedSecurityCode: _Encrypted | None = None
    holderName: Annotated[str, StringConstraints(max_length=120)] | None = None
    brand: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{2,24}$")] | None = None
    checkoutAttemptId: Annotated[str, StringConstraints(max_length=200)] | None = None
    sdkData: Annotated[str, StringConstraints(max_length=8000)] | None = None
    browserInfo: BrowserInfo | None = None

    def for_adyen(self) -> dict[str, Any]:
        """As `/payments` takes it."""
        return self.model_dump(exclude={"browserInfo"}, exclude_none=True)


class _Details(_Strict):
    threeDSResult: _Token | None = None
    redirectResult: _Token | None = None


class ChallengeDetails(_Strict):
    """What the component's `onAdditionalDetails` gives as `state.data`: opaque, and believed in nothing."""

    details: _Details
    paymentData: _Token | None = None

    def for_adyen(self) -> dict[str, Any]:
        """As `/payments/details` takes it."""
        return self.model_dump(exclude_none=True)


def read_method(text: str) -> CardMethod:
    """The method of a JSON text. Raises `MethodUnusable`, which repeats nothing of it."""
    if len(text) > _LENGTH_MAX:
        raise MethodUnusable("The card details are too long.")
    try:
        method = CardMethod.model_validate(parse(text.encode("utf-8", "surrogatepass")))
    except (PaythreadError, ValidationError):
        raise MethodUnusable("The card details cannot be used; enter them again.") from None
    seen = (method.holderName, method.checkoutAttemptId)
    if any(holds_card_number(text) for text in seen if text is not None):
        raise MethodUnusable("A card number belongs in the card fields alone.")
    return method


def read_details(value: Any) -> ChallengeDetails:
    """The details of a challenge as the page gave them. Raises `MethodUnusable`, which repeats nothing of them."""
    try:
        details = ChallengeDetails.model_validate(value)
    except ValidationError:
        raise MethodUnusable("The bank's answer cannot be read.") from None
    if (details.details.threeDSResult is None) == (details.details.redirectResult is None):
        raise MethodUnusable("The bank's answer cannot be read.")
    return details
