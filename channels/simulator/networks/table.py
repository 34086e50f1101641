"""Which networks there are. Another one is one more line."""

from __future__ import annotations

from collections.abc import Mapping

from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel
from channels.simulator.networks.chatbot.network import ChatbotNetwork
from channels.simulator.networks.email.mailbox import MerchantMailbox
from channels.simulator.networks.email.network import EmailNetwork
from channels.simulator.networks.meta.networks import meta_networks
from channels.simulator.networks.port import Network
from channels.simulator.networks.sms.calls import Calls
from channels.simulator.networks.sms.network import SmsNetwork
from channels.simulator.networks.telegram.network import TelegramNetwork


def networks_of(
    exchange: Exchange, calls: Calls, mailbox: MerchantMailbox | None = None
) -> Mapping[Channel, Network]:
    """Every network by its channel."""
    networks: list[Network] = [
        SmsNetwork(exchange, calls),
        EmailNetwork(exchange, mailbox),
        TelegramNetwork(exchange, calls),
        ChatbotNetwork(exchange, calls),
        *meta_networks(exchange, calls.client),
    ]
    return {network.channel: network for network in networks}
