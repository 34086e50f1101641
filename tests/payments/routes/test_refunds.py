"""`GET /v1/refunds` (`payments.refund_list`): what waits for a second person, and what became of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx2
import pytest

from compliance.api_keys import create_key
from compliance.journal import Query
from compliance.merchant_settings import write
from compliance.roles import Role
from compliance.routes.gate import COOKIE, Gate
from compliance.sessions import find_session, sign_in
from payments.approvals import ApprovalPolicy
from payments.payments import Payment
from payments.routes import payments, refunds
from payments.routes.payments import PaymentsDesk
from tests.conftest import PASSWORD, NewMerchant, NewUser
from tests.payments.conftest import Till
from tests.support.doors import calling, service

Headers = dict[str, str]
WAITING = {"status": "awaiting_approval"}


@dataclass(frozen=True)
class Api:
    client: httpx2.AsyncClient
    till: Till
    new_user: NewUser

    async def user(self, role: Role = Role.SUPERVISOR, merchant: str | None = None) -> Headers:
        user = await self.new_user(merchant or self.till.merchant.id, role)
        opened = await sign_in(
            self.till.database,
            self.till.vault,
            email=user.email,
            password=PASSWORD,
            origin=None,
            now=self.till.clock(),
        )
        return {"cookie": f"{COOKIE}={opened.token}", "x-csrf-token": opened.csrf_token}

    async def asked(self, headers: Headers, *, minor: int = 1000) -> tuple[Payment, str]:
        """A refund above the limit, of a payment that was just made; each at a moment of its own."""
        self.till.clock.advance(seconds=1)
        payment = await self.till.owe()
        await self.till.charged(payment)
        answer = await self.client.post(
            f"/v1/payments/{payment.id}/refunds",
            headers=headers | {"Idempotency-Key": f"k-{payment.id}"},
            json={"amount": minor, "reason": "duplicate"},
        )
        assert "awaiting_approval" == answer.json()["status"], answer.text
        return payment, answer.json()["id"]


async def limit_to(till: Till, units: int) -> None:
    async with till.database.transaction() as session:
        await write(
            session,
            till.merchant.id,
            ApprovalPolicy,
            {"refund_amount_units": units},
            actor="system",
            now=till.clock(),
        )


@pytest.fixture
async def api(gate: Gate, till: Till, new_user: NewUser) -> AsyncIterator[Api]:
    await limit_to(till, 0)
    state = {"payments_desk": PaymentsDesk(till.order_desk)}
    app = service(gate, payments.router, refunds.router, state=state)
    async with calling(app) as client:
        yield Api(client, till, new_user)


async def test_what_waits_is_listed_newest_first_page_by_page(api: Api) -> None:
    boss = await api.user()
    made = [await api.asked(boss) for _ in range(3)]
    first = await api.client.get("/v1/refunds", headers=boss, params=WAITING | {"limit": "2"})
    cursor = first.json()["next_cursor"]
    rest = await api.client.get("/v1/refunds", headers=boss, params=WAITING | {"cursor": cursor})
    found = first.json()["data"] + rest.json()["data"]

    assert [refund for _, refund in reversed(made)] == [each["id"] for each in found]
    assert made[2][0].link == found[0]["link"]
    assert rest.json()["next_cursor"] is None


@pytest.mark.parametrize(("word", "status"), [("approve", "succeeded"), ("reject", "rejected")])
async def test_what_was_decided_waits_no_more_and_the_journal_says_why(
    api: Api, word: str, status: str
) -> None:
    payment, refund = await api.asked(await api.user())
    second = await api.user(Role.ADMIN)
    said = await api.client.post(
        f"/v1/payments/{payment.id}/refunds/{refund}/{word}",
        headers=second,
        json={"note": "Spoke to the customer"},
    )
    waiting = await api.client.get("/v1/refunds", headers=second, params=WAITING)
    there = await api.client.get("/v1/refunds", headers=second, params={"status": status})

    assert (200, []) == (said.status_code, waiting.json()["data"])
    assert [refund] == [each["id"] for each in there.json()["data"]]
    query = Query(merchant=api.till.merchant.id, types=frozenset({"refund.decided"}))
    async with api.till.database.snapshot() as session:
        [entry] = await api.till.reader.read(session, query)
    assert ("Spoke to the customer", refund) == (entry.data["note"], entry.data["refund"])
    assert entry.data["decision"] == {"approve": "approved", "reject": "rejected"}[word]


async def test_small_parts_do_not_get_round_the_limit(api: Api) -> None:
    """Two refunds of half the limit each are one above it as soon as a third one is asked for."""
    await limit_to(api.till, 20)
    boss = await api.user()
    payment = await api.till.owe()
    await api.till.charged(payment)
    said = [
        await api.client.post(
            f"/v1/payments/{payment.id}/refunds",
            headers=boss | {"Idempotency-Key": f"part-{number}"},
            json={"amount": 1000},
        )
        for number in range(3)
    ]

    assert ["succeeded", "succeeded", "awaiting_approval"] == [
        each.json()["status"] for each in said
    ]
    path = f"/v1/payments/{payment.id}/refunds/{said[2].json()['id']}"
    agreed = await api.client.post(f"{path}/approve", headers=await api.user())
    assert (200, "succeeded") == (agreed.status_code, agreed.json()["status"])


async def test_whoever_made_the_key_is_not_the_second_person_for_its_refunds(api: Api) -> None:
    boss = await api.user(Role.ADMIN)
    async with api.till.database.transaction() as session:
        principal = await find_session(
            session, api.till.vault, boss["cookie"].partition("=")[2], now=api.till.clock()
        )
        key = await create_key(
            session,
            merchant=principal.merchant,
            name="Mine",
            actor=principal.actor,
            now=api.till.clock(),
        )
    payment, refund = await api.asked({"Authorization": f"Bearer {key.secret}"})
    path = f"/v1/payments/{payment.id}/refunds/{refund}/approve"
    own = await api.client.post(path, headers=boss)
    second = await api.client.post(path, headers=await api.user(Role.ADMIN))

    assert (403, "second_person_needed") == (own.status_code, own.json()["code"])
    assert (200, "succeeded") == (second.status_code, second.json()["status"])


async def test_others_see_none_of_it(api: Api, new_merchant: NewMerchant) -> None:
    await api.asked(await api.user())
    foreign = await api.user(merchant=(await new_merchant()).id)
    agent = await api.user(Role.AGENT)
    for headers in (foreign, agent):
        found = await api.client.get("/v1/refunds", headers=headers, params=WAITING)
        assert (200, []) == (found.status_code, found.json()["data"])


@pytest.mark.parametrize(
    "params", [{}, {"status": "lost"}, WAITING | {"cursor": "x"}, WAITING | {"limit": "0"}]
)
async def test_a_bad_question_is_refused(api: Api, params: dict[str, str]) -> None:
    found = await api.client.get("/v1/refunds", headers=await api.user(), params=params)

    assert 422 == found.status_code
