"""What a message with a payment link says, on each channel and in the customer's language.

Placeholders are fixed and filled with plain text: nothing that somebody typed is ever read as a template.
"""

from typing import Final
from urllib.parse import urlsplit

from channels import sms_text
from channels.email_layout import Mail, mail_html
from channels.message_templates import PAYMENT_LINK, MessageTemplate
from channels.port import Button, Content, Template
from channels.template_words import CATALOGUE, Words, language_of

_SUBJECT_LENGTH_MAX: Final = 120
_SMS_DESCRIPTION_MIN: Final = 8


def payment_link_content(
    channel: str,
    *,
    merchant_name: str,
    amount_text: str,
    url: str,
    description: str | None,
    agent_name: str | None,
    locale: str,
    own: MessageTemplate | None = None,
) -> Content:
    """The message that carries a link. `amount_text` is the amount as the customer reads it.

    `own` are the merchant's words in the place of ours.
    """
    assert urlsplit(url).scheme in {"http", "https"}, "a payment link is a web address"
    words = CATALOGUE[language_of(locale)]
    parts = {
        "merchant": one_line(merchant_name),
        "amount": one_line(amount_text),
        "url": url,
        "description": one_line(description or ""),
        "agent": one_line(agent_name or ""),
    }
    if channel == "email":
        return _email(words, parts, own)
    if channel == "sms":
        return Content(_sms(words, parts) if own is None else _own_sms(own, parts))
    return _chat(words, parts, own)


def _sms(words: Words, parts: dict[str, str]) -> str:
    """One segment if that can be: the description gives way first, piece by piece."""
    parts = {name: text if name == "url" else sms_text.plain(text) for name, text in parts.items()}
    bare = filled(words.sms, parts)
    description = parts["description"]
    while description:
        text = filled(words.sms_described, {**parts, "description": description})
        if sms_text.segments(text) <= sms_text.segments(bare):
            return text
        shorter = description.removesuffix("...")[:-1].rstrip(" ,.;:-")
        description = f"{shorter}..." if len(shorter) >= _SMS_DESCRIPTION_MIN else ""
    return bare


def _own_sms(own: MessageTemplate, parts: dict[str, str]) -> str:
    """As the merchant wrote it, however many segments that takes."""
    return filled(
        own.text,
        {name: text if name == "url" else sms_text.plain(text) for name, text in parts.items()},
    )


def _chat(words: Words, parts: dict[str, str], own: MessageTemplate | None) -> Content:
    """For messengers: the same sentence, and the link once more as a button for networks that have them."""
    ours = words.sms_described if parts["description"] else words.sms
    text = filled(ours if own is None else own.text, parts)
    fields = tuple((name, text) for name, text in parts.items())
    return Content(
        text,
        button=Button(filled(words.button, parts), parts["url"]),
        template=Template(PAYMENT_LINK if own is None else own.name, words.language, fields),
    )


def _email(words: Words, parts: dict[str, str], own: MessageTemplate | None) -> Content:
    intro = filled(words.intro_from_agent if parts["agent"] else words.intro, parts)
    about = filled(words.about, parts) if parts["description"] else None
    subject = filled(words.subject_described if parts["description"] else words.subject, parts)
    safety, signature = filled(words.safety, parts), filled(words.signature, parts)
    button = filled(words.button, parts)
    paragraphs = [intro, about, f"{button}:\n{parts['url']}", safety, signature]
    if own is not None:
        subject = one_line(filled(own.subject or words.subject, parts))
        # In the HTML the button stands for the link, so what is left of the text introduces it.
        lines = [line for line in own.text.splitlines() if "{url}" not in line]
        intro, about = filled("\n".join(lines).strip() or words.intro, parts), None
        paragraphs = [filled(own.text, parts).strip(), safety]
    html = mail_html(
        Mail(
            language=words.language,
            direction=words.direction,
            title=parts["merchant"],
            intro=intro,
            about=about,
            amount=parts["amount"],
            button=button,
            url=parts["url"],
            fallback=words.fallback,
            safety=safety,
        )
    )
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"
    return Content(text, _shortened(subject, _SUBJECT_LENGTH_MAX), html)


def filled(text: str, parts: dict[str, str]) -> str:
    """Each placeholder once, from left to right: what was filled in is not looked at again."""
    done = []
    while text:
        before, brace, rest = text.partition("{")
        done.append(before)
        if not brace:
            break
        name, _, text = rest.partition("}")
        done.append(parts[name])
    return "".join(done)


def one_line(text: str) -> str:
    """One line, with single spaces."""
    return " ".join(text.split())


def _shortened(text: str, length_max: int) -> str:
    return text if len(text) <= length_max else f"{text[: length_max - 1].rstrip()}…"
