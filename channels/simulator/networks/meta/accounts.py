"""The merchant's accounts at Meta: where messages are posted, who customers write to, and the secrets."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from channels.simulator.addresses import is_e164
from channels.simulator.messages import Channel

_NODE = re.compile(r"[0-9]{1,32}")
WINDOW_SECONDS = 24 * 3600


@dataclass(frozen=True, kw_only=True)
class MetaAccount:
    """One account. `node` is posted to; `address` is what customers see and write to."""

    channel: Channel
    node: str
    address: str
    token: str = field(repr=False)
    app_secret: str = field(repr=False)
    # Where events go; None as for an app without a webhook.
    inbound_url: str | None = None
    name: str = ""
    window_seconds: int = WINDOW_SECONDS
    # What stands before a template's {{1}} in its button.
    template_url: str = "https://example.com/"


def add_meta_options(parser: argparse.ArgumentParser) -> None:
    """`--whatsapp-…`, `--messenger-…` and `--instagram-…`; a network without its ids is not set up."""
    add = parser.add_argument
    add("--whatsapp-phone-number-id", type=_node)
    add("--whatsapp-number", help="the business number that customers see, like +447700900999")
    add("--whatsapp-template-url", default=MetaAccount.template_url, metavar="PREFIX")
    add("--messenger-page-id", type=_node)
    add("--instagram-page-id", type=_node, help="the page that the Instagram account is linked to")
    add("--instagram-id", type=_node)
    for network in ("whatsapp", "messenger", "instagram"):
        add(f"--{network}-inbound-url", metavar="URL", help="the merchant's webhook for its events")
    add("--business-name", default="", help="what messengers call the merchant")
    add("--window-seconds", type=int, default=WINDOW_SECONDS, help="of free words (a day)")


def meta_accounts(
    given: argparse.Namespace, environment: Mapping[str, str], error: Callable[[str], Any]
) -> tuple[MetaAccount, ...]:
    """The accounts that the options describe; `error` is told what is missing, and does not return."""
    if given.whatsapp_phone_number_id and not is_e164(given.whatsapp_number or ""):
        error("--whatsapp-number must be a number like +447700900999")
    if (given.instagram_page_id is None) != (given.instagram_id is None):
        error("set both --instagram-page-id and --instagram-id, or neither")
    wanted = (
        (Channel.WHATSAPP, given.whatsapp_phone_number_id, given.whatsapp_number),
        (Channel.MESSENGER, given.messenger_page_id, given.messenger_page_id),
        (Channel.INSTAGRAM, given.instagram_page_id, given.instagram_id),
    )
    found = []
    for channel, node, address in wanted:
        if node is None:
            continue
        prefix = f"SIMULATOR_{channel.value.upper()}"
        token = environment.get(f"{prefix}_TOKEN", "")
        secret = environment.get(f"{prefix}_APP_SECRET", "")
        if not token or not secret:
            error(f"set {prefix}_TOKEN and {prefix}_APP_SECRET for {channel.value}")
        found.append(
            MetaAccount(
                channel=channel,
                node=node,
                address=address,
                token=token,
                app_secret=secret,
                inbound_url=getattr(given, f"{channel.value}_inbound_url"),
                name=given.business_name,
                window_seconds=given.window_seconds,
                template_url=given.whatsapp_template_url,
            )
        )
    if len({account.node for account in found}) != len(found):
        error("each network needs a phone number or a page of its own")
    return tuple(found)


def _node(text: str) -> str:
    if _NODE.fullmatch(text) is None:
        raise argparse.ArgumentTypeError("must be digits")
    return text
