"""What a receipt says by email and text message, in the customer's language. It carries no link: it asks for nothing.

Placeholders are fixed and filled with plain text: nothing that somebody typed is ever read as a template.
"""

from dataclasses import dataclass
from typing import Final

from channels import sms_text
from channels.port import Content
from channels.receipt_layout import ReceiptMail, receipt_html
from channels.receipt_words import RECEIPTS, ReceiptWords
from channels.template_words import language_of
from channels.templates import filled, one_line

# What `messages.purpose` says of one.
RECEIPT: Final = "receipt"
RECEIPT_CHANNELS: Final = ("email", "sms")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFacts:
    """All as the customer reads it. After a part, `total` is the sum of the parts and `remaining` what is still due.

    `card` reads like "Visa •••• 4242".
    """

    merchant: str
    legal_name: str | None
    amount: str
    total: str | None
    remaining: str | None
    paid_at: str
    card: str | None
    reference: str | None
    payment: str


def receipt_content(channel: str, facts: ReceiptFacts, *, locale: str) -> Content:
    """The message. `channel` is one of `RECEIPT_CHANNELS`."""
    assert channel in RECEIPT_CHANNELS
    words = RECEIPTS[language_of(locale)]
    return _email(words, facts) if channel == "email" else Content(_sms(words, facts))


def _sms(words: ReceiptWords, facts: ReceiptFacts) -> str:
    # A dot in the middle of a line is in no telephone's alphabet, and would double the price.
    card = facts.card.replace("•••• ", "*") if facts.card is not None else None
    said = [card, facts.paid_at, facts.reference, facts.payment]
    if facts.remaining is not None:
        said.insert(0, f"{words.remaining}: {facts.remaining}")
    parts = {
        "merchant": one_line(facts.merchant),
        "amount": one_line(facts.amount),
        "facts": ", ".join(one_line(each) for each in said if each),
    }
    return filled(words.sms, {name: sms_text.plain(text) for name, text in parts.items()})


def _email(words: ReceiptWords, facts: ReceiptFacts) -> Content:
    parts = {"merchant": one_line(facts.merchant), "amount": one_line(facts.amount)}
    thanks = filled(words.thanks, parts)
    rows = [
        (label, one_line(fact))
        for label, fact in (
            (words.amount, facts.amount),
            (words.total, facts.total),
            (words.remaining, facts.remaining),
            (words.paid_to, facts.legal_name or facts.merchant),
            (words.reference, facts.reference),
            (words.card, facts.card),
            (words.paid_at, facts.paid_at),
            (words.payment, facts.payment),
        )
        if fact
    ]
    html = receipt_html(
        ReceiptMail(
            language=words.language,
            direction=words.direction,
            title=parts["merchant"],
            thanks=thanks,
            amount=parts["amount"],
            rows=rows,
            keep=words.keep,
        )
    )
    listed = "\n".join(f"{label}: {fact}" for label, fact in rows)
    return Content(f"{thanks}\n\n{listed}\n\n{words.keep}\n", filled(words.subject, parts), html)
