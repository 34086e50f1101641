"""SMS goes to no dear number, and only where and as often as the merchant says."""

import pytest

from channels.destinations import (
    DailyLimitReached,
    DestinationNotAllowed,
    SmsPolicy,
    check_destination,
)
from compliance.merchant_settings import write
from tests.channels.conftest import EMAIL, PHONE, Desk

PREMIUM = ("+449098790000", "+19005550123", "+33899701234", "+39892123", "+43900123456")
SATELLITE = ("+881621234567", "+870773111632", "+88213123456", "+883510001234567", "+979123456789")
MOBILE = (PHONE, "+12025550123", "+33612345678", "+4915112345678", "+919876543210")


def goes(number: str, *countries: str, own: str = "GB") -> bool:
    try:
        check_destination(number, SmsPolicy(countries), country=own, pointer="/to")
    except DestinationNotAllowed as error:
        return [each.pointer for each in error.fields] != ["/to"]
    return True


@pytest.mark.parametrize("number", [*PREMIUM, *SATELLITE])
def test_dear_numbers_get_nothing_whatever_is_chosen(number: str) -> None:
    assert not goes(number)
    assert not goes(number, "GB", "US", "FR", "IT", "AT")


@pytest.mark.parametrize("number", MOBILE)
def test_without_a_choice_messages_go_anywhere(number: str) -> None:
    assert goes(number)


def test_with_a_choice_they_go_there_and_to_the_merchants_own_country() -> None:
    allowed = [number for number in MOBILE if goes(number, "FR")]
    assert allowed == [PHONE, "+33612345678"]
    assert goes("+14165550123", "CA")
    assert not goes("+18762345678", "CA"), "Jamaica shares the calling code"


async def choose(desk: Desk, **changes: object) -> None:
    async with desk.database.transaction() as session:
        await write(session, desk.merchant.id, SmsPolicy, changes, actor="system", now=desk.clock())


async def test_what_is_refused_names_the_setting_and_leaves_other_channels_alone(
    desk: Desk,
) -> None:
    await choose(desk, countries=["FR"])
    with pytest.raises(DestinationNotAllowed, match=r"sms\.countries"):
        await desk.queue(to="+12025550123", link=None)
    await desk.queue(link=None)
    await desk.queue(channel="email", to=EMAIL, link=None)


async def test_a_days_limit_counts_sms_alone_and_is_over_after_a_day(desk: Desk) -> None:
    await choose(desk, daily_max=2)
    await desk.queue(channel="email", to=EMAIL, link=None)
    await desk.queue(link=None)
    await desk.queue(link=None)
    with pytest.raises(DailyLimitReached, match=r"sms\.daily_max"):
        await desk.queue(link=None)
    await desk.queue(channel="email", to=EMAIL, link=None)
    desk.clock.advance(seconds=86_401)
    await desk.queue(link=None)


async def test_of_a_thousand_sends_no_more_go_out_than_a_day_allows(desk: Desk) -> None:
    """Each to another number, as somebody would who earns by every one of them."""
    await choose(desk, daily_max=100)
    sent = refused = 0
    for number in range(1000):
        try:
            await desk.queue(to=f"+4477009{number:05}", link=None)
            sent += 1
        except DailyLimitReached:
            refused += 1
    assert (100, 900) == (sent, refused)
