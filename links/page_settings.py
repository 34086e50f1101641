"""What a merchant chooses for its pay page and its receipts, beside how they look."""

from dataclasses import dataclass
from typing import ClassVar, Final

from compliance.merchant_settings import Setting, switch
from compliance.setting_rules import one_of

FULL: Final = "full"
COARSE: Final = "coarse"


@dataclass(frozen=True, slots=True)
class PageSettings(Setting):
    """`progress`: how much of what a customer does on the page agents see, unless the customer shows less."""

    name: ClassVar[str] = "page"
    progress: str = one_of(FULL, among=(FULL, COARSE))


@dataclass(frozen=True, slots=True)
class SurveySettings(Setting):
    """`enabled`: whether customers are asked after paying how it went."""

    name: ClassVar[str] = "survey"
    enabled: bool = switch(default=True)


@dataclass(frozen=True, slots=True)
class ReceiptSettings(Setting):
    """`automatic_email`: whether each payment's receipt goes out by itself, where an email address is known."""

    name: ClassVar[str] = "receipts"
    automatic_email: bool = switch(default=False)
