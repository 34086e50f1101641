"""What the customer's page hands in, and why it may have to look again first."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from core.errors import Kind, PaythreadError


class AmountChanged(PaythreadError):
    """The customer was shown something else than what is due now: show it first, then ask again."""

    code = "amount_changed"
    kind = Kind.CONFLICT


class PspChanged(PaythreadError):
    """The PSP whose fields the page has cannot be reached, and nothing was charged: another one takes its place.

    Load the page again.
    """

    code = "psp_changed"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a submission came from, as far as the request tells."""

    address: str
    user_agent: str | None = None
    accept_language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSubmission:
    """What the page handed in: the PSP's card token, and what the customer was shown: revision, amount in minor units.

    `payer` is the tab's own key on a multi-use link. An `amount` of None stands for all that is due. `account` is the
    PSP account whose fields the page has, `url` the page's own address, where the customer comes back to, `locale` the
    PSP's tag for its language.
    """

    token: str
    method: str
    revision: int
    browser: Browser
    device: str | None
    amount: int | None = None
    payer: str | None = None
    account: str | None = None
    url: str | None = None
    locale: str | None = None


def origin_of(url: str) -> str:
    """The origin of a page's address, e.g. `https://pay.example.com`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
