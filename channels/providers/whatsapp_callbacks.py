"""What WhatsApp's webhook tells: statuses of what we sent, and what customers write.

https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components. The files that customers send are not
fetched; their names and captions are kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from channels.port import Inbound, Receipt
from channels.providers.meta_callbacks import id_of, inside, objects, text_of
from channels.providers.meta_codes import problem_of
from channels.states import DeliveryState

FACTS: Final[dict[str, DeliveryState]] = {
    "sent": DeliveryState.SENT,
    "delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.READ,
    "played": DeliveryState.READ,
    "failed": DeliveryState.FAILED,
}
_MEDIA: Final = frozenset({"image", "video", "audio", "voice", "document", "sticker"})
# About the conversation, not in it: a changed number, a welcome, words taken back.
_SILENT: Final = frozenset({"system", "request_welcome", "revoke"})


def reports_in(
    entries: Iterable[Mapping[str, Any]], *, phone_number_id: str
) -> list[Receipt | Inbound]:
    """Everything about this number, in order. One webhook serves all numbers of an app."""
    found: list[Receipt | Inbound] = []
    for entry in entries:
        for change in objects(entry.get("changes")):
            value = inside(change, "value")
            metadata = inside(value, "metadata")
            if text_of(metadata, "phone_number_id") != phone_number_id:
                continue
            found.extend(_receipts(value))
            found.extend(
                _messages(value, to=_e164(text_of(metadata, "display_phone_number")) or "")
            )
    return found


def _receipts(value: Mapping[str, Any]) -> Iterator[Receipt]:
    for status in objects(value.get("statuses")):
        fact = FACTS.get(text_of(status, "status"))
        delivery = text_of(status, "biz_opaque_callback_data")
        if fact is None or not (delivery or id_of(status)):
            continue
        code = None
        if fact is DeliveryState.FAILED:
            error = next(objects(status.get("errors")), {})
            code = problem_of(error.get("code"), error.get("error_subcode"))
        yield Receipt(
            fact=fact, delivery=delivery or None, provider_id=id_of(status) or None, code=code
        )


def _messages(value: Mapping[str, Any], *, to: str) -> Iterator[Inbound]:
    names = {
        text_of(contact, "wa_id"): text_of(inside(contact, "profile"), "name")
        for contact in objects(value.get("contacts"))
    }
    for message in objects(value.get("messages")):
        sender = _e164(text_of(message, "from"))
        provider_id = id_of(message)
        kind = text_of(message, "type")
        if sender is None or not provider_id or kind in _SILENT:
            continue
        edits, said = None, message
        if kind == "edit":
            edits = id_of(inside(message, "edit"), "original_message_id") or None
            said = inside(message, "edit", "message")
            kind = text_of(said, "type")
        text, attachments = _words(kind, said)
        if not text:
            continue
        yield Inbound(
            provider_id=provider_id,
            sender=sender,
            recipient=to,
            text=text,
            sender_name=names.get(sender[1:]) or None,
            attachments=attachments,
            edits=edits,
        )


def _words(kind: str, message: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """What the message says, and the names of files that came with it."""
    said = inside(message, kind)
    if kind in _MEDIA:
        # A video's caption, a document's name; a photo has neither at times.
        name = text_of(said, "filename") or kind
        return text_of(said, "caption") or f"[{kind}]", (name,)
    return _text(kind, said, message), ()


def _text(  # noqa: PLR0911 - one line a kind
    kind: str, said: Mapping[str, Any], message: Mapping[str, Any]
) -> str:
    match kind:
        case "text":
            return text_of(said, "body")
        case "button":
            return text_of(said, "text")
        case "interactive":
            return _chosen(said)
        case "reaction":
            return text_of(said, "emoji")  # empty when it is taken back
        case "location":
            place = [text_of(said, "name"), text_of(said, "address")]
            return " ".join(["[location]", *(part for part in place if part)])
        case "contacts":
            people = [
                text_of(inside(one, "name"), "formatted_name")
                for one in objects(message.get("contacts"))
            ]
            return f"[contact] {', '.join(person for person in people if person)}".strip()
        case _:
            return "[a kind of message that cannot be shown here]"


def _chosen(said: Mapping[str, Any]) -> str:
    """What a customer picked of the buttons or the list that was offered."""
    for kind, name in (("button_reply", "title"), ("list_reply", "title"), ("nfm_reply", "body")):
        text = text_of(inside(said, kind), name)
        if text:
            return text
    return "[an answer that cannot be shown here]"


def _e164(digits: str) -> str | None:
    """A `wa_id` as the telephone number that it is; None for what is none (an id without a number)."""
    bare = "".join(character for character in digits if character not in "+ -()")
    return f"+{bare}" if bare.isascii() and bare.isdigit() and 5 <= len(bare) <= 15 else None
