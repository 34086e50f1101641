"""Telegram's updates in our words: what a person wrote or corrected in a private chat, and whether they want the bot.

https://core.telegram.org/bots/api#update. A message's number is unique in its chat, so both together name it; a
correction adds its moment, and a change of membership the update's own number. What comes again has the same name.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal

from channels.port import Inbound

_NAME_LENGTH_MAX: Final = 200
_FILE_NAME_LENGTH_MAX: Final = 255
_NUMBER_MAX: Final = 2**63

# What else a person can send, and what an agent reads in its place.
_KINDS: Final = {
    "sticker": "sticker",
    "photo": "photo",
    "document": "file",
    "animation": "animation",
    "video": "video",
    "video_note": "video message",
    "voice": "voice message",
    "audio": "audio",
    "venue": "place",
    "location": "location",
    "poll": "poll",
    "dice": "dice",
    "game": "game",
    "story": "story",
    "paid_media": "media",
    "checklist": "checklist",
}
_GONE: Final = frozenset({"kicked", "left"})


def message_id(chat: str, number: int) -> str:
    """What we call a message."""
    return f"{chat}:{number}"


def number_in(reply_to: str | None, *, chat: str) -> int | None:
    """Telegram's number of the message that we call `reply_to`, or None for one of another chat."""
    place, _, number = (reply_to or "").partition(":")
    if place != chat or not (number.isascii() and number.isdigit() and len(number) <= 18):
        return None
    return int(number)


def inbound_of(update: Any, *, recipient: str) -> Inbound | None:
    """What an update says; None for groups, channels, other bots, and what is no message to us."""
    if not isinstance(update, dict):
        return None
    message = update.get("message")
    if isinstance(message, dict):
        return _written(message, recipient=recipient, edited=False)
    edited = update.get("edited_message")
    if isinstance(edited, dict):
        return _written(edited, recipient=recipient, edited=True)
    member = update.get("my_chat_member")
    if isinstance(member, dict):
        return _membership(member, update.get("update_id"), recipient=recipient)
    return None


def _written(message: Mapping[str, Any], *, recipient: str, edited: bool) -> Inbound | None:
    chat, number = _private_chat(message), _whole(message.get("message_id"))
    if chat is None or number is None:
        return None
    text, attachments = _text(message), _attachments(message)
    if not text and not attachments:
        return None  # Telegram's own notice: a pinned message, a changed picture
    name = message_id(chat, number)
    moment = _whole(message.get("edit_date")) if edited else None
    return Inbound(
        provider_id=f"{name}:{moment or 0}" if edited else name,
        sender=chat,
        recipient=recipient,
        text=text,
        choice=None if edited else _choice(text),
        sender_name=_name_of(message.get("from")),
        attachments=attachments,
        edits=name if edited else None,
    )


def _membership(member: Mapping[str, Any], number: Any, *, recipient: str) -> Inbound | None:
    """Whoever blocks the bot stops it, and whoever unblocks it starts it again."""
    chat, number = _private_chat(member), _whole(number)
    after = member.get("new_chat_member")
    status = after.get("status") if isinstance(after, dict) else None
    if chat is None or number is None or not isinstance(status, str):
        return None
    gone = status in _GONE
    if not gone and status != "member":
        return None
    return Inbound(
        provider_id=f"{chat}:member:{number}",
        sender=chat,
        recipient=recipient,
        text="[blocked the bot]" if gone else "[unblocked the bot]",
        choice="stop" if gone else "start",
        sender_name=_name_of(member.get("from")),
    )


def _private_chat(holder: Mapping[str, Any]) -> str | None:
    """The chat's id, where it is one person's with the bot."""
    chat, sender = holder.get("chat"), holder.get("from")
    if not isinstance(chat, dict) or chat.get("type") != "private":
        return None
    if isinstance(sender, dict) and sender.get("is_bot") is True:
        return None
    number = _whole(chat.get("id"))
    return str(number) if number is not None and number > 0 else None


def _choice(text: str) -> Literal["stop", "start"] | None:
    """A bot's own commands (`/start` may carry a payload, and name the bot)."""
    command = text.split(maxsplit=1)[0].partition("@")[0].casefold() if text.strip() else ""
    if command == "/stop":
        return "stop"
    return "start" if command == "/start" else None


def _text(message: Mapping[str, Any]) -> str:
    """The words, and in brackets what is not words."""
    for key in ("text", "caption"):
        if isinstance(message.get(key), str):
            words: str = message[key]
            break
    else:
        words = ""
    shown = [_shown(key, message[key]) for key in _KINDS if message.get(key)]
    contact = message.get("contact")
    if isinstance(contact, dict):
        shown.append(f"[contact] {_name_of(contact) or ''} {_line(contact.get('phone_number'))}")
    # Telegram sends the older kind along with the newer one: an animation is a document too.
    return "\n".join(part.strip() for part in (*shown[:1], words) if part.strip())


def _shown(key: str, value: Any) -> str:
    emoji = _line(value.get("emoji")) if isinstance(value, dict) else ""
    return f"[{_KINDS[key]} {emoji}]" if emoji else f"[{_KINDS[key]}]"


def _attachments(message: Mapping[str, Any]) -> tuple[str, ...]:
    names = []
    for key in ("document", "animation", "audio", "video"):
        file = message.get(key)
        name = _line(file.get("file_name")) if isinstance(file, dict) else ""
        if name:
            names.append(name[:_FILE_NAME_LENGTH_MAX])
    return tuple(dict.fromkeys(names))


def _name_of(person: Any) -> str | None:
    if not isinstance(person, dict):
        return None
    parts = (_line(person.get("first_name")), _line(person.get("last_name")))
    return " ".join(part for part in parts if part)[:_NAME_LENGTH_MAX] or None


def _line(text: Any) -> str:
    return " ".join(text.split()) if isinstance(text, str) else ""


def _whole(number: Any) -> int | None:
    return number if type(number) is int and -_NUMBER_MAX < number < _NUMBER_MAX else None
