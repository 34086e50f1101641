"""What a message with a link would say, before there is a link: nothing is stored and nothing is sent."""

from dataclasses import dataclass
from typing import Any, Final

from channels import sms_text
from channels.catalogue import channel_of
from channels.message_templates import find_template
from channels.port import Content
from channels.template_words import language_of
from channels.templates import payment_link_content
from compliance.merchants import get_merchant
from compliance.principal import Principal
from compliance.users import get_user
from compliance.vault import Vault
from core.database import Session
from core.errors import NotFound
from core.money import Money
from links.money_text import money_text
from links.tokens import TOKEN_LENGTH

# Stands for the token: as long as one, so that the count of segments is right.
_STAND_IN: Final = "x" * TOKEN_LENGTH


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewDraft:
    """The message asked about."""

    channel: str
    amount: Money
    description: str | None
    locale: str | None
    template: str | None


async def preview(
    session: Session, vault: Vault, principal: Principal, draft: PreviewDraft, *, pay_url: str
) -> dict[str, Any]:
    """`{"channel", "locale", "subject", "text", "html", "button", "sms"}`; the link in it leads nowhere.

    `sms` is `{"segments", "units", "units_per_segment", "encoding"}`, for text messages alone. Raises `InvalidField`,
    `TemplateUnknown`.
    """
    channel_of(draft.channel, pointer="/channel")
    merchant = await get_merchant(session, principal.merchant)
    locale = draft.locale or merchant.locale
    own = await find_template(
        session,
        merchant=merchant.id,
        name=draft.template,
        channel=draft.channel,
        locale=locale,
        fallback=merchant.locale,
        pointer="/template",
    )
    content = payment_link_content(
        draft.channel,
        merchant_name=merchant.name,
        amount_text=money_text(draft.amount, locale),
        url=f"{pay_url}/p/{_STAND_IN}",
        description=draft.description,
        agent_name=await _first_name(session, vault, principal),
        locale=locale,
        own=own,
    )
    return {
        "channel": draft.channel,
        "locale": own.locale if own is not None else language_of(locale),
        "subject": content.subject,
        "text": _shown(content.text),
        "html": _shown(content.html) if content.html is not None else None,
        "button": content.button.label if content.button is not None else None,
        "sms": _count(content) if draft.channel == "sms" else None,
    }


def _count(content: Content) -> dict[str, Any]:
    gsm = sms_text.is_gsm(content.text)
    segments = sms_text.segments(content.text)
    whole, part = sms_text.SEGMENT_UNITS[gsm]
    return {
        "segments": segments,
        "units": sms_text.units(content.text),
        "units_per_segment": whole if segments == 1 else part,
        "encoding": "GSM-7" if gsm else "UCS-2",
    }


def _shown(text: str) -> str:
    return text.replace(_STAND_IN, "…")


async def _first_name(session: Session, vault: Vault, principal: Principal) -> str | None:
    if principal.agent is None:
        return None
    try:
        user = await get_user(session, vault, principal.agent)
    except NotFound:
        return None
    return user.name.split(" ", 1)[0] or None
