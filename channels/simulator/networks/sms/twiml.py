"""The merchant's answer to an incoming message: TwiML, or plain text (https://www.twilio.com/docs/messaging/twiml)."""

from __future__ import annotations

from xml.etree import ElementTree

ANSWER_BYTES_MAX = 64 * 1024
REPLIES_MAX = 10


def replies_in(content_type: str, body: bytes) -> list[str]:
    """The texts to send back to the customer. An answer that is not understood sends nothing."""
    kind = content_type.partition(";")[0].strip().lower()
    if len(body) > ANSWER_BYTES_MAX:
        return []
    if kind == "text/plain":
        texts = [body.decode("utf-8", "replace").strip()]
    elif kind in {"text/xml", "application/xml", "text/html"}:
        texts = _texts_of(body)
    else:
        texts = []
    return [text for text in texts if text][:REPLIES_MAX]


def _texts_of(body: bytes) -> list[str]:
    # No document type: TwiML has none, and entities are how small XML becomes large.
    if b"<!" in body:
        return []
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 - without a document type there is nothing to expand
    except ElementTree.ParseError:
        return []
    return (
        [_text_of(message) for message in root.findall("Message")] if root.tag == "Response" else []
    )


def _text_of(message: ElementTree.Element) -> str:
    bodies = message.findall("Body")
    text = "".join(body.text or "" for body in bodies) if bodies else message.text or ""
    return text.strip()
