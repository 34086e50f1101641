"""Accounts of further channels at the desk, on the provider made by hand."""

from channels.accounts import ChannelAccount, add_account
from channels.inbound import record_inbound
from channels.port import Inbound
from core.ids import new_id
from tests.channels.conftest import Desk


async def open_channel(desk: Desk, channel: str) -> ChannelAccount:
    """An account for the channel, with everything else as at the desk."""
    async with desk.database.transaction() as session:
        account = await add_account(
            session,
            desk.vault,
            merchant=desk.merchant.id,
            channel=channel,
            provider="fake",
            config={"from": "+447700900999"},
            now=desk.clock(),
        )
    desk.accounts[channel] = account
    return account


async def hear(desk: Desk, account: ChannelAccount, sender: str, text: str = "Hello") -> str:
    """What a customer wrote, stored; the message's id."""
    async with desk.database.transaction() as session:
        stored = await record_inbound(
            session,
            desk.vault,
            account,
            Inbound(
                provider_id=new_id("msg", desk.clock()),
                sender=sender,
                recipient="+447700900999",
                text=text,
            ),
            now=desk.clock(),
        )
    assert stored is not None
    return stored
