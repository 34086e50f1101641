"""Web chat visitors: a token is told once, kept as a keyed hash, and good for one chat."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from channels.visitors import VisitorUnknown, keep_seen, new_visitor, visitor_of, visitors
from tests.channels.conftest import Desk


def test_a_visitors_secret_is_kept_as_a_hash_alone() -> None:
    assert visitors.c.token_hash.unique
    assert "token" not in visitors.c


async def test_a_token_finds_its_visitor_in_its_own_chat_alone(desk: Desk) -> None:
    account = desk.accounts["sms"]
    async with desk.database.transaction() as session:
        visitor, token = await new_visitor(session, desk.vault, account, now=desk.clock())
        _, other = await new_visitor(session, desk.vault, account, now=desk.clock())
    assert token != other
    async with desk.database.snapshot() as session:
        row = await session.one_or_none(sa.select(visitors).where(visitors.c.id == visitor.id))
        assert row is not None
        assert token not in str(dict(row))
        now = desk.clock()
        assert await visitor_of(session, desk.vault, account, token, now=now) == visitor
        for elsewhere in (replace(account, id="cha_other"), replace(account, merchant="mer_other")):
            with pytest.raises(VisitorUnknown):
                await visitor_of(session, desk.vault, elsewhere, token, now=now)
        for forged in (None, "", token[:-1], token + "x", token.swapcase()):
            with pytest.raises(VisitorUnknown):
                await visitor_of(session, desk.vault, account, forged, now=now)


async def test_how_far_a_visitor_has_read_never_goes_back(desk: Desk) -> None:
    async with desk.database.transaction() as session:
        visitor, _ = await new_visitor(session, desk.vault, desk.accounts["sms"], now=desk.clock())
        for read_to in ("msg_2", "msg_1", None):
            await keep_seen(session, visitor, read_to=read_to, now=desk.clock())
        assert await session.scalar(sa.select(visitors.c.read_to)) == "msg_2"
