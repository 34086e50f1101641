"""The words by which a customer opts out, in, or asks for help (Twilio, "Advanced Opt-Out", default keywords)."""

from __future__ import annotations

from typing import Literal

OptOutType = Literal["STOP", "START", "HELP"]

_TYPES: dict[str, OptOutType] = {
    **dict.fromkeys(
        ("STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"), "STOP"
    ),
    **dict.fromkeys(("START", "YES", "UNSTOP"), "START"),
    **dict.fromkeys(("HELP", "INFO"), "HELP"),
}

ANSWERS: dict[OptOutType, str] = {
    "STOP": "You are unsubscribed and will get no more messages from this number. Reply START to subscribe again.",
    "START": "You are subscribed to messages from this number again. Reply HELP for help, STOP to unsubscribe.",
    "HELP": "Reply STOP to unsubscribe. Message and data rates may apply.",
}


def opt_out_type(text: str) -> OptOutType | None:
    """STOP, START or HELP if the message is that one word and nothing else; "stop please" is a message."""
    return _TYPES.get(text.strip().upper())
