"""The one message that may follow a STOP: that it was heard. By SMS alone, once, and within minutes or never.

US law lets a sender confirm a STOP by one text within five minutes, without anything else in it (47 CFR
64.1200(a)(12)). Twilio answers the English words by itself unless that was switched off, and blocks what we would send
after it (https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out); Vonage leaves it to us unless its Opt-Out
Assist was ordered (https://developer.vonage.com/en/opt-out-assist/technical-details). So we confirm at Vonage, and a
merchant whose account is set up otherwise says so.

The row of a confirmation names the message that it answers as its `provider_id`: it is unique, so that no repetition
sends two, and it is what lets this one past the STOP.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from channels.accounts import ChannelAccount
from channels.conversations import Conversation
from channels.customers import get_customer
from channels.message_store import seal_message
from channels.messages import put_on_its_way
from channels.port import Content
from channels.template_words import language_of
from compliance.merchant_settings import Setting, choices
from compliance.merchants import Merchant
from compliance.vault import Vault
from core.database import Session
from core.ids import new_id

_CHANNEL: Final = "sms"
_ANSWERS: Final = "confirms:"
_NAME_LENGTH_MAX: Final = 40
_WORDS: Final[Mapping[str, str]] = {
    "en": "{merchant}: you will get no more messages from us. To get them again, reply START.",
    "es": "{merchant}: no le enviaremos más mensajes. Para volver a recibirlos, responda START.",
    "fr": "{merchant} : vous ne recevrez plus de messages. Pour en recevoir, répondez START.",
    "de": "{merchant}: Sie erhalten keine Nachrichten mehr. Um wieder welche zu erhalten, antworten Sie START.",
    "it": "{merchant}: non riceverà più messaggi. Per riceverli di nuovo, risponda START.",
    "pt": "{merchant}: não receberá mais mensagens. Para voltar a recebê-las, responda START.",
    "nl": "{merchant}: u krijgt geen berichten meer. Antwoord START om ze weer te krijgen.",
}


@dataclass(frozen=True, slots=True)
class StopPolicy(Setting):
    """At which providers a STOP by SMS is confirmed by us; the others do it themselves, or nobody does."""

    name: ClassVar[str] = "stop"
    confirm_at: tuple[str, ...] = choices(
        "vonage", among=("twilio", "vonage"), what="SMS providers: twilio, vonage"
    )


def confirms(account: ChannelAccount, policy: StopPolicy) -> bool:
    """Whether a STOP that came in by this account is confirmed by us."""
    return account.channel == _CHANNEL and account.provider in policy.confirm_at


async def queue_confirmation(
    session: Session,
    vault: Vault,
    account: ChannelAccount,
    merchant: Merchant,
    thread: Conversation,
    *,
    to: str,
    stop: str,
    now: datetime,
) -> None:
    """Queues the confirmation of the message `stop`. The caller holds the address, and has ended what was queued."""
    row = {
        "id": new_id("msg", now),
        "merchant": thread.merchant,
        "conversation": thread.id,
        "customer": thread.customer,
        "link": None,
        "agent": None,
        "channel": account.channel,
        "direction": "out",
        "account": account.id,
        "provider_id": f"{_ANSWERS}{stop}",
        "sealed": await seal_message(
            session,
            vault,
            merchant=thread.merchant,
            subject=thread.customer or thread.id,
            to=to,
            sender=account.sender,
            content=Content(await _words(session, vault, merchant, thread)),
            now=now,
        ),
        "created_at": now,
    }
    await put_on_its_way(
        session, row, account.id, to=to, waits=False, supersedes=(), actor="system", now=now
    )


async def _words(session: Session, vault: Vault, merchant: Merchant, thread: Conversation) -> str:
    locale = None
    if thread.customer is not None:
        found = await get_customer(
            session, vault, merchant=merchant.id, customer_id=thread.customer
        )
        locale = found.locale
    words = _WORDS.get(language_of(locale or merchant.locale), _WORDS["en"])
    return words.format(merchant=" ".join(merchant.name.split())[:_NAME_LENGTH_MAX])
