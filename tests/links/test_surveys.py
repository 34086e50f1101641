"""The answer after the payment, on each database (links.surveys): once, however many arrive at one time."""

import asyncio

from core.database import Database
from links import surveys
from links.links import link_by_id
from links.surveys import SurveyClosed
from payments.payments import get_payment
from tests.links.conftest import Shop


async def test_of_many_at_one_time_one_is_kept(database: Database, shop: Shop) -> None:
    link = await shop.make()
    await shop.submit(link)

    async def try_once(score: int) -> bool:
        async with database.transaction() as session:
            try:
                await surveys.answer(
                    session,
                    await link_by_id(session, link.id),
                    await get_payment(session, link.payment),
                    score=score,
                    comment="",
                    now=shop.clock(),
                )
            except SurveyClosed:
                return False
        return True

    kept = await asyncio.gather(*(try_once(score) for score in (1, 2, 3, 4, 5)))
    assert 1 == sum(kept)
    [told] = [event for event in await shop.events(link) if event.type == "survey.answered"]
    assert {"score": kept.index(True) + 1} == told.data
