"""What webhooks say is unreadable where it is kept, and for good once the customer is erased."""

from agent_feed.webhooks.sealing import opened, seal
from tests.agent_feed.webhooks.stand import Stand


async def sealed(stand: Stand, text: str, customer: str | None) -> str:
    async with stand.database.transaction() as session:
        return await seal(
            session,
            stand.vault,
            text,
            merchant=stand.merchant,
            customer=customer,
            now=stand.clock(),
        )


async def read(stand: Stand, text: str) -> str | None:
    async with stand.database.snapshot() as session:
        return await opened(session, stand.vault, text)


async def erase(stand: Stand, customer: str) -> None:
    async with stand.database.transaction() as session:
        await stand.vault.destroy(session, stand.merchant, customer, now=stand.clock())


async def test_an_erasure_reaches_what_was_sealed_for_the_customer_and_nothing_else(
    stand: Stand,
) -> None:
    theirs, others = await sealed(stand, "Casey", "cus_1"), await sealed(stand, "Sam", "cus_2")
    ours = await sealed(stand, "all of it", None)
    assert "Casey" == await read(stand, theirs)
    await erase(stand, "cus_1")
    assert [None, "Sam", "all of it"] == [
        await read(stand, text) for text in (theirs, others, ours)
    ]


async def test_what_happens_to_an_erased_customer_can_still_be_told(stand: Stand) -> None:
    await sealed(stand, "Casey", "cus_1")
    await erase(stand, "cus_1")
    assert "erased" == await read(stand, await sealed(stand, "erased", "cus_1"))
