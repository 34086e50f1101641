"""The message templates that Meta has approved for the merchant, here: one, for asking for a payment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from channels.simulator.networks.meta.refusals import MetaRefused


@dataclass(frozen=True)
class Approved:
    """`body` has {{1}}, {{2}}…; the button's address ends in a {{1}} of its own."""

    body: str
    parameters: int
    button: str


APPROVED: Mapping[tuple[str, str], Approved] = {
    ("payment_link", language): Approved(body, 2, button)
    for language, body, button in (
        ("en_GB", "{{1}} asks you to pay {{2}}. The link below leads to a secure page.", "Pay now"),
        ("de", "{{1}} bittet Sie um {{2}}. Der Link führt auf eine sichere Seite.", "Jetzt zahlen"),
    )
}


def filled(template: Mapping[str, Any], url_prefix: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The words and the button as the phone shows them. Raises MetaRefused, as Meta does."""
    language = template.get("language")
    code = language.get("code") if isinstance(language, dict) else None
    name = template.get("name")
    approved = (
        APPROVED.get((name, code)) if isinstance(name, str) and isinstance(code, str) else None
    )
    if approved is None:
        raise MetaRefused(132001)
    body, button = _parameters(template, "body"), _parameters(template, "button")
    if len(body) != approved.parameters or len(button) != 1:
        raise MetaRefused(132000)
    text = approved.body
    for number, value in enumerate(body, start=1):
        text = text.replace(f"{{{{{number}}}}}", value)
    url = url_prefix + button[0]
    return f"{text}\n\n{approved.button}: {url}", (("button", approved.button), ("button_url", url))


def _parameters(template: Mapping[str, Any], kind: str) -> list[str]:
    components = template.get("components")
    for component in components if isinstance(components, list) else []:
        if not isinstance(component, dict) or component.get("type") != kind:
            continue
        listed = component.get("parameters")
        texts = (
            [each.get("text") for each in listed if isinstance(each, dict)]
            if isinstance(listed, list)
            else []
        )
        if not all(isinstance(text, str) and text for text in texts):
            raise MetaRefused(132000)
        return [str(text).replace("\x00", "").encode("utf-8", "replace").decode() for text in texts]
    return []
