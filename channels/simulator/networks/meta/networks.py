"""The networks of Meta that are set up in this run."""

from __future__ import annotations

import httpx2

from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel
from channels.simulator.networks.meta.events import Events
from channels.simulator.networks.meta.messenger import MessengerNetwork
from channels.simulator.networks.meta.whatsapp import WhatsAppNetwork

MetaNetwork = WhatsAppNetwork | MessengerNetwork


def meta_networks(exchange: Exchange, client: httpx2.AsyncClient) -> list[MetaNetwork]:
    """One for each account of the options."""
    made: list[MetaNetwork] = []
    for account in exchange.options.meta:
        events = Events(exchange, account, client)
        kind = WhatsAppNetwork if account.channel is Channel.WHATSAPP else MessengerNetwork
        made.append(kind(exchange, account, events))
    return made
