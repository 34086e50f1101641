"""Who is needed as a second person, and who may be it."""

import pytest

from compliance.merchant_settings import read, write
from compliance.principal import NotAllowed
from compliance.roles import Role
from core.money import Money
from payments.approvals import ApprovalPolicy, SameHands, check_second_person, needs_second_person
from tests.payments.conftest import Till
from tests.support.people import person, software

MERCHANT = "mer_1"


@pytest.mark.parametrize(
    ("units", "minor", "code", "needed"),
    [
        (None, 99_999_999_999, "GBP", False),
        (1_000, 100_000, "GBP", False),
        (1_000, 100_001, "GBP", True),
        (0, 1, "GBP", True),
        (1_000, 100_000, "JPY", False),
        (1_000, 100_001, "JPY", True),
        (1_000, 1_000_000, "KWD", False),
        (1_000, 1_000_001, "KWD", True),
    ],
)
def test_a_second_person_is_needed_above_the_limit_by_value(
    units: int | None, minor: int, code: str, needed: bool
) -> None:
    money = Money.of(minor, code)

    assert needed == needs_second_person(ApprovalPolicy(link_amount_units=units), money, "link")
    assert needed == needs_second_person(ApprovalPolicy(refund_amount_units=units), money, "refund")


def test_the_limits_of_links_and_refunds_are_apart() -> None:
    assert not needs_second_person(
        ApprovalPolicy(link_amount_units=1), Money.of(10_000, "GBP"), "refund"
    )


async def test_the_limits_are_the_merchants_own(till: Till) -> None:
    async with till.database.transaction() as session:
        await write(
            session,
            till.merchant.id,
            ApprovalPolicy,
            {"refund_amount_units": 50},
            actor="user:usr_1",
            now=till.clock(),
        )
    async with till.database.snapshot() as session:
        policy = await read(session, till.merchant.id, ApprovalPolicy)

    assert ApprovalPolicy(None, 50) == policy


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMIN])
def test_a_supervisor_or_an_admin_is_the_second_person(role: Role) -> None:
    check_second_person(person(MERCHANT, role), maker="user:usr_other")


@pytest.mark.parametrize("role", [Role.AGENT, Role.AUDITOR])
def test_nobody_else_is(role: Role) -> None:
    with pytest.raises(NotAllowed):
        check_second_person(person(MERCHANT, role), maker="user:usr_other")


def test_software_is_not() -> None:
    with pytest.raises(NotAllowed):
        check_second_person(software(MERCHANT), maker="user:usr_other")


def test_the_maker_is_not_nor_whose_work_it_is() -> None:
    boss = person(MERCHANT, Role.ADMIN)
    with pytest.raises(SameHands):
        check_second_person(boss, maker=boss.actor)
    with pytest.raises(SameHands):
        check_second_person(boss, maker="key:key_1", agent=boss.id)
