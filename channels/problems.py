"""Why a delivery failed, in words for an agent. Codes are ours; providers' own stay in their adapters."""

from typing import Final

CANCELLED: Final = "cancelled"
CONSENT_STOPPED: Final = "consent_stopped"
UNCERTAIN: Final = "uncertain"
GAVE_UP: Final = "gave_up"
NO_ACCOUNT: Final = "no_account"
CHANNEL_MISCONFIGURED: Final = "channel_misconfigured"
INVALID_ADDRESS: Final = "invalid_address"
INVALID_CONTENT: Final = "invalid_content"
RECIPIENT_OPTED_OUT: Final = "recipient_opted_out"
REFUSED: Final = "refused"
UNREACHABLE: Final = "unreachable"
BLOCKED: Final = "blocked"
FILTERED: Final = "filtered"
NOT_A_MOBILE: Final = "not_a_mobile"
WINDOW_CLOSED: Final = "window_closed"
DESTINATION_NOT_ALLOWED: Final = "destination_not_allowed"
RATE_LIMITED: Final = "rate_limited"
PROVIDER_UNREACHABLE: Final = "provider_unreachable"
LINK_CLOSED: Final = "link_closed"
ERASED: Final = "customer_erased"
OUTDATED: Final = "outdated"

# Not sent because we called it back: nothing to try elsewhere.
CALLED_BACK: Final = frozenset({CANCELLED, LINK_CLOSED, ERASED, OUTDATED})

DETAILS: Final[dict[str, str]] = {
    CANCELLED: "The link was cancelled before the message was sent.",
    LINK_CLOSED: "The link was closed before the message was sent.",
    ERASED: "The customer's data was erased before the message was sent.",
    OUTDATED: "What it says was no longer so when it could have been sent.",
    CONSENT_STOPPED: "The customer asked not to be written to on this channel.",
    UNCERTAIN: "The message may or may not have arrived: the network did not answer. Ask the customer.",
    GAVE_UP: "The network did not take the message, though it was tried several times.",
    NO_ACCOUNT: "This channel is no longer set up.",
    CHANNEL_MISCONFIGURED: "The channel's account does not work. An administrator can mend it.",
    INVALID_ADDRESS: "The address does not exist or cannot be written to. Check it with the customer.",
    INVALID_CONTENT: "The network does not carry a message like this.",
    RECIPIENT_OPTED_OUT: "The customer told the network not to let messages through.",
    REFUSED: "The network refused the message.",
    UNREACHABLE: "The customer's device could not be reached. Try another channel.",
    BLOCKED: "The customer's network blocks messages from this sender.",
    FILTERED: "The network took the message for unwanted and held it back. Try another channel.",
    NOT_A_MOBILE: "This number cannot receive text messages. Ask for a mobile number.",
    WINDOW_CLOSED: "The network takes no message a day after the customer's last words here. Try another channel.",
    DESTINATION_NOT_ALLOWED: "Messages to this country are not allowed on this account.",
    RATE_LIMITED: "The network asks us to slow down.",
    PROVIDER_UNREACHABLE: "The network could not be reached.",
}


def describe(code: str | None) -> dict[str, str] | None:
    """`{"code", "detail"}` for the API; None when there is no problem."""
    if code is None:
        return None
    return {"code": code, "detail": DETAILS.get(code, DETAILS[REFUSED])}
