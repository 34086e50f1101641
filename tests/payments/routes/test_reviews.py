"""`/v1/reviews` and `POST /v1/payments/{id}/review`: for supervisors and admins, in person."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx2
import pytest

from compliance.api_keys import create_key
from compliance.journal import Entry, Query
from compliance.roles import Role
from compliance.routes.gate import COOKIE, Gate
from compliance.sessions import sign_in
from compliance.users import User
from payments.attempts import Attempt
from payments.fraud import FraudCheck, Verdict
from payments.payments import Payment
from payments.routes.payments import PaymentsDesk
from payments.routes.reviews import router
from tests.conftest import PASSWORD, NewMerchant, NewUser
from tests.payments.conftest import Till, order_of
from tests.payments.fakes import Authorises
from tests.support.doors import calling, service

DOUBTFUL = FraudCheck(Verdict.REVIEW, 60, ("agent_address",))
Headers = dict[str, str]


@dataclass(frozen=True)
class Api:
    client: httpx2.AsyncClient
    till: Till
    new_user: NewUser

    async def doubtful(self, agent: str | None = None) -> tuple[Payment, Attempt]:
        payment = await self.till.owe(agent=agent)
        attempt = await self.till.begin(payment, check=DOUBTFUL)
        self.till.gateway.script.append(Authorises())
        outcome = await self.till.gateway.charge(order_of(attempt))
        return payment, await self.till.tell(attempt, outcome)

    async def user(self, role: Role, merchant: str | None = None) -> tuple[User, Headers]:
        user = await self.new_user(merchant or self.till.merchant.id, role)
        opened = await sign_in(
            self.till.database,
            self.till.vault,
            email=user.email,
            password=PASSWORD,
            origin=None,
            now=self.till.clock(),
        )
        return user, {
            "cookie": f"{COOKIE}={opened.token}",
            "x-csrf-token": opened.csrf_token,
        }

    async def key(self) -> Headers:
        async with self.till.database.transaction() as session:
            key = await create_key(
                session,
                merchant=self.till.merchant.id,
                name="Test",
                actor="system",
                now=self.till.clock(),
            )
        return {"authorization": f"Bearer {key.secret}"}

    async def say(self, payment: Payment, headers: Headers, word: str) -> httpx2.Response:
        return await self.client.post(
            f"/v1/payments/{payment.id}/review", headers=headers, json={"decision": word}
        )

    async def refusals(self) -> list[Entry]:
        query = Query(
            merchant=self.till.merchant.id, types=frozenset({"incident.approval_refused"})
        )
        async with self.till.database.snapshot() as session:
            return await self.till.reader.read(session, query)


@pytest.fixture
async def api(gate: Gate, till: Till, new_user: NewUser) -> AsyncIterator[Api]:
    state = {"payments_desk": PaymentsDesk(till.order_desk)}
    async with calling(service(gate, router, state=state)) as client:
        yield Api(client, till, new_user)


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.AGENT, 403), (Role.AUDITOR, 403), (Role.SUPERVISOR, 200), (Role.ADMIN, 200)],
)
async def test_supervisors_and_admins_look_and_decide(api: Api, role: Role, status: int) -> None:
    payment, _ = await api.doubtful()
    _, headers = await api.user(role)
    seen = await api.client.get("/v1/reviews", headers=headers)
    said = await api.say(payment, headers, "approve")

    assert (status, status) == (seen.status_code, said.status_code)


async def test_software_decides_nothing(api: Api) -> None:
    payment, _ = await api.doubtful()

    assert 403 == (await api.say(payment, await api.key(), "approve")).status_code


async def test_what_is_approved_is_taken_before_the_answer(api: Api) -> None:
    payment, _ = await api.doubtful()
    _, boss = await api.user(Role.SUPERVISOR)
    answer = (await api.say(payment, boss, "approve")).json()

    assert ("paid", 4999) == (answer["status"], answer["amount_captured"])
    assert 409 == (await api.say(payment, boss, "reject")).status_code


async def test_what_is_rejected_is_let_go_before_the_answer(api: Api) -> None:
    payment, attempt = await api.doubtful()
    _, boss = await api.user(Role.SUPERVISOR)
    answer = (await api.say(payment, boss, "reject")).json()

    assert ("open", 0, 0) == (
        answer["status"],
        answer["amount_captured"],
        answer["amount_authorised"],
    )
    assert "review_rejected" == (await api.till.attempt(attempt)).problem


async def test_the_same_word_under_one_key_is_said_once(api: Api) -> None:
    payment, _ = await api.doubtful()
    _, boss = await api.user(Role.SUPERVISOR)
    first, again = [
        await api.say(payment, {**boss, "idempotency-key": "k1"}, "approve") for _ in range(2)
    ]

    assert (200, first.content) == (again.status_code, again.content)
    assert "true" == again.headers["idempotent-replayed"]


async def test_who_approves_their_own_link_is_refused_and_on_the_record(api: Api) -> None:
    maker, headers = await api.user(Role.SUPERVISOR)
    payment, _ = await api.doubtful(maker.id)
    refused = await api.say(payment, headers, "approve")
    [told] = await api.refusals()

    assert (403, "second_person_needed") == (refused.status_code, refused.json()["code"])
    assert (f"user:{maker.id}", payment.id) == (told.actor, told.payment)
    assert 0 == api.till.gateway.taken()


async def test_the_list_goes_on_after_its_cursor(api: Api) -> None:
    made = []
    for _ in range(3):
        made.append((await api.doubtful())[1].id)
        api.till.clock.advance(seconds=1)
    _, boss = await api.user(Role.SUPERVISOR)
    first = (await api.client.get("/v1/reviews?limit=2", headers=boss)).json()
    second = (
        await api.client.get(f"/v1/reviews?limit=2&cursor={first['next_cursor']}", headers=boss)
    ).json()

    assert made[::-1] == [each["id"] for each in first["data"] + second["data"]]
    assert second["next_cursor"] is None
    assert first["as_of"] > 0


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "cursor=pay_1", "cursor=att_"])
async def test_a_page_that_cannot_be_is_refused(api: Api, query: str) -> None:
    _, boss = await api.user(Role.SUPERVISOR)

    assert 422 == (await api.client.get(f"/v1/reviews?{query}", headers=boss)).status_code


@pytest.mark.parametrize("body", [{}, {"decision": "maybe"}, {"decision": "approve", "x": 1}])
async def test_an_unclear_word_is_refused(api: Api, body: dict[str, object]) -> None:
    payment, _ = await api.doubtful()
    _, boss = await api.user(Role.SUPERVISOR)
    answer = await api.client.post(f"/v1/payments/{payment.id}/review", headers=boss, json=body)

    assert 422 == answer.status_code


async def test_another_merchants_payment_is_not_there(api: Api, new_merchant: NewMerchant) -> None:
    payment, _ = await api.doubtful()
    _, stranger = await api.user(Role.ADMIN, (await new_merchant("Other Ltd")).id)

    assert 404 == (await api.say(payment, stranger, "approve")).status_code
    assert [] == (await api.client.get("/v1/reviews", headers=stranger)).json()["data"]
