"""What a message with a payment link says, on each channel and in the customer's language.

Placeholders are fixed and filled with plain text: nothing that somebody typed is ever read as a template.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from channels import sms_text
from channels.email_layout import Mail, mail_html
from channels.port import Button, Content, Template

_SUBJECT_LENGTH_MAX: Final = 120
_SMS_DESCRIPTION_MIN: Final = 8


@dataclass(frozen=True, slots=True)
class _Words:
    """One language. Placeholders are in braces, and the only ones there are."""

    language: str
    direction: str
    sms: str
    sms_described: str
    subject: str
    subject_described: str
    intro: str
    intro_from_agent: str
    about: str
    button: str
    fallback: str
    safety: str
    signature: str


_CATALOGUE: Final[dict[str, _Words]] = {
    "en": _Words(
        language="en",
        direction="ltr",
        sms="{merchant}: please pay {amount} here: {url}",
        sms_described="{merchant}: please pay {amount} for {description} here: {url}",
        subject="{merchant}: pay {amount}",
        subject_described="{merchant}: pay {amount} for {description}",
        intro="{merchant} asks you to pay {amount}.",
        intro_from_agent="{agent} at {merchant} asks you to pay {amount}.",
        about="For: {description}",
        button="Pay {amount}",
        fallback="If the button does not work, copy this address into your browser:",
        safety=(
            "Nobody at {merchant} will ever ask you for your card number or security code by"
            " telephone, text message or email. Enter them only on the payment page."
        ),
        signature="{merchant}",
    ),
}


def payment_link_content(
    channel: str,
    *,
    merchant_name: str,
    amount_text: str,
    url: str,
    description: str | None,
    agent_name: str | None,
    locale: str,
) -> Content:
    """The message that carries a link. `amount_text` is the amount as the customer reads it."""
    assert urlsplit(url).scheme in {"http", "https"}, "a payment link is a web address"
    words = _words(locale)
    parts = {
        "merchant": _line(merchant_name),
        "amount": _line(amount_text),
        "url": url,
        "description": _line(description or ""),
        "agent": _line(agent_name or ""),
    }
    if channel == "email":
        return _email(words, parts)
    if channel == "sms":
        return Content(_sms(words, parts))
    return _chat(words, parts)


def _sms(words: _Words, parts: dict[str, str]) -> str:
    """One segment if that can be: the description gives way first, piece by piece."""
    parts = {name: text if name == "url" else sms_text.plain(text) for name, text in parts.items()}
    bare = _fill(words.sms, parts)
    description = parts["description"]
    while description:
        text = _fill(words.sms_described, {**parts, "description": description})
        if sms_text.segments(text) <= sms_text.segments(bare):
            return text
        shorter = description.removesuffix("...")[:-1].rstrip(" ,.;:-")
        description = f"{shorter}..." if len(shorter) >= _SMS_DESCRIPTION_MIN else ""
    return bare


def _chat(words: _Words, parts: dict[str, str]) -> Content:
    """For messengers: the same sentence, and the link once more as a button for networks that have them."""
    text = _fill(words.sms_described if parts["description"] else words.sms, parts)
    fields = tuple((name, text) for name, text in parts.items())
    return Content(
        text,
        button=Button(_fill(words.button, parts), parts["url"]),
        template=Template("payment_link", words.language, fields),
    )


def _email(words: _Words, parts: dict[str, str]) -> Content:
    intro = _fill(words.intro_from_agent if parts["agent"] else words.intro, parts)
    about = _fill(words.about, parts) if parts["description"] else None
    subject = _fill(words.subject_described if parts["description"] else words.subject, parts)
    safety, signature = _fill(words.safety, parts), _fill(words.signature, parts)
    button = _fill(words.button, parts)
    paragraphs = [intro, about, f"{button}:\n{parts['url']}", safety, signature]
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


def _words(locale: str) -> _Words:
    language = locale.replace("_", "-").partition("-")[0].lower()
    return _CATALOGUE.get(language, _CATALOGUE["en"])


def _fill(text: str, parts: dict[str, str]) -> str:
    """Each placeholder once, from left to right: what was filled in is not looked at again."""
    filled = []
    while text:
        before, brace, rest = text.partition("{")
        filled.append(before)
        if not brace:
            break
        name, _, text = rest.partition("}")
        filled.append(parts[name])
    return "".join(filled)


def _line(text: str) -> str:
    """One line, with single spaces."""
    return " ".join(text.split())


def _shortened(text: str, length_max: int) -> str:
    return text if len(text) <= length_max else f"{text[: length_max - 1].rstrip()}…"
