"""Where SMS may go: never to numbers that cost whoever sends, else to the countries that the merchant chose.

Fraudsters who get hold of a key, or of an agent's password, have messages sent to dear numbers that they earn by
("SMS pumping"). A merchant that names its countries has nothing sent elsewhere; one that sets a limit has no more than
about so many sent within a day.

DestinationNotAllowed    such a number, or a country that the merchant did not choose
DailyLimitReached        as many as the merchant wants to send in a day
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final

from channels.addresses import REGIONS, is_dear, regions_of
from compliance.journal import count_latest
from compliance.merchant_settings import Setting, choices, whole
from core.database import Session
from core.errors import FieldError, Kind, PaythreadError

SMS: Final = "sms"
_QUEUED: Final = "message.queued"
# Messages by other channels lie between.
_LOOKED_AT_MAX: Final = 20_000
_A_DAY: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class SmsPolicy(Setting):
    """Where to, beside the merchant's own country: nothing chosen is anywhere. None: any number a day."""

    name: ClassVar[str] = "sms"
    countries: tuple[str, ...] = choices(
        among=REGIONS, what="countries by their ISO 3166 code, such as GB"
    )
    daily_max: int | None = whole(None, least=1, most=10_000)


class DestinationNotAllowed(PaythreadError):
    """Nothing is sent to this number."""

    code = "destination_not_allowed"

    def __init__(self, pointer: str, detail: str) -> None:
        super().__init__(detail, fields=(FieldError(pointer, detail),))


class DailyLimitReached(PaythreadError):
    """The merchant's own limit."""

    code = "sms_daily_limit_reached"
    kind = Kind.CONFLICT


def check_destination(number: str, policy: SmsPolicy, *, country: str, pointer: str) -> None:
    """Raises `DestinationNotAllowed`. `number` is in E.164; `country` is the merchant's own."""
    regions = regions_of(number)
    if is_dear(number):
        raise DestinationNotAllowed(pointer, "Messages are not sent to premium-rate numbers.")
    if not regions:
        raise DestinationNotAllowed(
            pointer, "Messages are not sent to satellite telephones and others of no country."
        )
    if policy.countries and not regions & {country, *policy.countries}:
        raise DestinationNotAllowed(
            pointer,
            "SMS to this country is not allowed here. An administrator allows it in the settings, sms.countries.",
        )


async def check_daily_limit(
    session: Session, policy: SmsPolicy, *, merchant: str, now: datetime
) -> None:
    """Raises `DailyLimitReached`. Of messages that are queued at one moment, some more may pass."""
    if policy.daily_max is None:
        return
    sent = await count_latest(
        session,
        merchant=merchant,
        type_=_QUEUED,
        channel=SMS,
        since=now - _A_DAY,
        looked_at_max=_LOOKED_AT_MAX,
    )
    if sent >= policy.daily_max:
        raise DailyLimitReached(
            f"{policy.daily_max} SMS were sent in the last 24 hours, and no more are allowed."
            " An administrator allows more in the settings, sms.daily_max."
        )
