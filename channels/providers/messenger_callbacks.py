"""What the webhooks of Messenger and Instagram tell: receipts of what we sent, and what customers write.

https://developers.facebook.com/docs/messenger-platform/reference/webhook-events. The files that customers send are
not fetched; their kinds are kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from channels.port import Inbound, Receipt
from channels.providers.meta_callbacks import id_of, inside, objects, text_of
from channels.states import DeliveryState
from core.ids import is_id

_DELIVERED_MAX: Final = 100
_MILLISECONDS_MAX: Final = 10**14
_NAME_LENGTH_MAX: Final = 200


def reports_in(entries: Iterable[Mapping[str, Any]], *, account_id: str) -> list[Receipt | Inbound]:
    """Everything about this account, in order. One webhook serves all accounts of an app.

    The echo of a message that we sent says that it was sent; other echoes are somebody's in the account's own inbox,
    and are left out. So is `standby`: another app has that conversation.
    """
    found: list[Receipt | Inbound] = []
    for entry in entries:
        for event in objects(entry.get("messaging")):
            sender = text_of(inside(event, "sender"), "id")
            recipient = text_of(inside(event, "recipient"), "id")
            if sender == account_id:
                found.extend(_echoes(inside(event, "message")))
            if recipient != account_id or not sender or sender == account_id:
                continue
            found.extend(_receipts(event, sender))
            said = _inbound(event, sender, recipient)
            if said is not None:
                found.append(said)
    return found


def _echoes(message: Mapping[str, Any]) -> Iterator[Receipt]:
    delivery, mid = text_of(message, "metadata"), id_of(message, "mid")
    if message.get("is_echo") is True and mid and is_id(delivery, "dlv"):
        yield Receipt(fact=DeliveryState.SENT, delivery=delivery, provider_id=mid)


def _receipts(event: Mapping[str, Any], sender: str) -> Iterator[Receipt]:
    """Each message by its own id where the network names it; else all up to a moment, the watermark."""
    for name, fact in (("delivery", DeliveryState.DELIVERED), ("read", DeliveryState.READ)):
        told = inside(event, name)
        listed = told.get("mids")
        mids = [id_of({"mid": one}, "mid") for one in listed] if isinstance(listed, list) else []
        mids = [mid for mid in [id_of(told, "mid"), *mids] if mid]
        for mid in mids[:_DELIVERED_MAX]:
            yield Receipt(fact=fact, provider_id=mid)
        until = _moment(told.get("watermark"))
        if not mids and until is not None:
            yield Receipt(fact=fact, address=sender, until=until)


def _inbound(event: Mapping[str, Any], sender: str, recipient: str) -> Inbound | None:
    message, postback = inside(event, "message"), inside(event, "postback")
    edit = inside(event, "message_edit")
    edits: str | None = None
    attachments: tuple[str, ...] = ()
    if message:
        if message.get("is_echo") is True or message.get("is_deleted") is True:
            return None
        provider_id, text = id_of(message, "mid"), text_of(message, "text")
        attachments = tuple(_name(each) for each in objects(message.get("attachments")))
        if not text and (attachments or message.get("is_unsupported") is True):
            text = (
                " ".join(f"[{name}]" for name in attachments)
                or "[a kind of message that cannot be shown here]"
            )
    elif postback:
        # Older versions of the API give a postback no id of its own; its moment is one.
        provider_id = id_of(postback, "mid") or f"postback:{sender}:{event.get('timestamp')}"[:128]
        text = text_of(postback, "title") or text_of(postback, "payload")
    elif edit:
        mid, number = text_of(edit, "mid"), edit.get("num_edit")
        edits, text = id_of(edit, "mid"), text_of(edit, "text")
        provider_id = id_of({"id": f"{mid}:edit:{number if isinstance(number, int) else text}"})
    else:
        return None
    if not provider_id or not text:
        return None
    return Inbound(
        provider_id=provider_id,
        sender=sender,
        recipient=recipient,
        text=text,
        attachments=attachments,
        edits=edits or None,
    )


def _name(attachment: Mapping[str, Any]) -> str:
    """A file's own name where its address shows one; else its kind. A fallback's title is a link's."""
    kind = text_of(attachment, "type") or "attachment"
    url = text_of(inside(attachment, "payload"), "url")
    try:
        last = PurePosixPath(unquote(urlsplit(url).path)).name
    except ValueError:
        last = ""
    named = last if kind == "file" and "." in last else ""
    return (named or text_of(attachment, "title") or text_of(attachment, "name") or kind)[
        :_NAME_LENGTH_MAX
    ]


def _moment(milliseconds: object) -> datetime | None:
    """A watermark's moment; None for what is none."""
    if not isinstance(milliseconds, int) or isinstance(milliseconds, bool):
        return None
    if not 0 < milliseconds < _MILLISECONDS_MAX:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
