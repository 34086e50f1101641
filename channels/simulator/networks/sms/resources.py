"""The Message resource and its list, as Twilio's API shows them.

https://www.twilio.com/docs/messaging/api/message-resource
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from channels.simulator.clock import rfc2822
from channels.simulator.messages import Message, Status

API_VERSION = "2010-04-01"

_ERROR_MESSAGES = {30003: "Unreachable destination handset", 30007: "Message filtered"}


def message_resource(message: Message, account_sid: str) -> dict[str, Any]:
    """One message; times are RFC 2822, counts are strings, as there."""
    uri = f"/{API_VERSION}/Accounts/{account_sid}/Messages/{message.id}"
    waits_for_sender = message.status is Status.ACCEPTED
    return {
        "account_sid": account_sid,
        "api_version": API_VERSION,
        "body": message.text,
        "date_created": rfc2822(message.created_at),
        "date_sent": None if message.sent_at is None else rfc2822(message.sent_at),
        "date_updated": rfc2822(message.updated_at or message.created_at),
        "direction": message.origin.value,
        "error_code": message.error_code,
        "error_message": _ERROR_MESSAGES.get(message.error_code or 0),
        # A Messaging Service picks its sender after the answer, so neither is known yet.
        "from": None if waits_for_sender else message.sender,
        "messaging_service_sid": message.service_sid,
        "num_media": "0",
        "num_segments": "0" if waits_for_sender else str(message.segments),
        "price": None,
        "price_unit": "USD",
        "sid": message.id,
        "status": message.status.value,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": message.recipient,
        "uri": f"{uri}.json",
    }


def list_resource(
    messages: Sequence[Message],
    account_sid: str,
    *,
    filters: dict[str, str],
    page: int,
    size: int,
    more: bool,
) -> dict[str, Any]:
    """One page of messages with the paths of its neighbours."""

    def path(number: int, token: str | None) -> str:
        query = filters | {"PageSize": str(size), "Page": str(number)}
        if token is not None:
            query["PageToken"] = token
        return f"/{API_VERSION}/Accounts/{account_sid}/Messages.json?{urlencode(query)}"

    token = f"PA{messages[-1].id}" if messages else None
    start = page * size
    return {
        "end": start + max(len(messages) - 1, 0),
        "first_page_uri": path(0, None),
        "messages": [message_resource(message, account_sid) for message in messages],
        "next_page_uri": path(page + 1, token) if more else None,
        "page": page,
        "page_size": size,
        "previous_page_uri": path(page - 1, None) if page else None,
        "start": start,
        "uri": path(page, None),
    }
