"""One rule for one thread and for the list of them."""

import sqlalchemy as sa

from channels.conversation_access import get_visible, visible_to
from channels.conversations import conversations
from compliance.principal import Principal
from compliance.roles import Role
from core.errors import NotFound
from tests.channels.conftest import AGENT, PHONE, Desk
from tests.channels.talk import hear
from tests.support.people import person, software


async def both_say(desk: Desk, who: Principal) -> set[str]:
    """The threads that the caller sees one by one; the list says the same."""
    async with desk.database.snapshot() as session:
        every = [row["id"] for row in await session.all(sa.select(conversations.c.id))]
        rows = await session.all(sa.select(conversations.c.id).where(visible_to(who)))
        seen = set()
        for each in every:
            try:
                seen.add((await get_visible(session, desk.reader, who, each)).id)
            except NotFound:
                continue
    assert seen == {row["id"] for row in rows}
    return seen


async def test_whoever_sees_one_thread_sees_it_in_the_list(desk: Desk) -> None:
    own = (await desk.queue()).conversation
    await hear(desk, sender="+447700900456")
    server = person(desk.merchant.id)
    sam = await desk.customer(phone=PHONE)
    assert len(await both_say(desk, software(desk.merchant.id))) == 2
    assert len(await both_say(desk, person(desk.merchant.id, Role.SUPERVISOR))) == 2
    assert len(await both_say(desk, person(desk.merchant.id, id=AGENT))) == 2
    assert own not in await both_say(desk, server)
    assert await both_say(desk, person("mer_other", Role.ADMIN)) == set()
    await desk.queue(sam, channel="email", to="s@example.com", agent=server.id, link=None)
    assert own in await both_say(desk, server)
