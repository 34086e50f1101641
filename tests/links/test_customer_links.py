"""The links of a caller: open ones, and those that ran out unpaid, for those who may see them."""

from channels.customers import CustomerDraft
from compliance.roles import Role
from links.customer_links import links_of_customer
from links.drafts import LIFE_DEFAULT
from links.lifecycle import EXPIRE
from tests.links.conftest import EMAIL, Shop
from tests.support.people import person

CASEY = CustomerDraft("Casey", EMAIL, None, None, None)


async def test_what_is_unpaid_is_found_newest_first(shop: Shop) -> None:
    expired = await shop.make(customer=CASEY)
    shop.clock.advance(LIFE_DEFAULT)
    await shop.run(EXPIRE)
    made = []
    for _ in range(3):
        shop.clock.advance(seconds=1)
        made.append(await shop.make(customer=CASEY))
    paid, cancelled, still_open = made
    await shop.submit(paid)
    await shop.cancel(cancelled)
    await shop.make(customer=CustomerDraft("Robin", "robin@example.com", None, None, None))
    assert expired.customer is not None
    find = links_of_customer(shop.showing)
    async with shop.database.snapshot() as session:
        found = await find(session, shop.agent, expired.customer)
        strangers = await find(session, person(shop.merchant.id, Role.AGENT), expired.customer)

    assert [(still_open.id, "active"), (expired.id, "expired")] == [
        (link["id"], link["status"]) for link in found
    ]
    assert [] == strangers
