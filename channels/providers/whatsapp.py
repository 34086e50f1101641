"""WhatsApp by Meta's Cloud API: text, link buttons, and approved templates once the customer's day is over.

https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages. There is no idempotency key and no
way to ask after a message; our delivery travels as `biz_opaque_callback_data` and comes back in every status.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Self

from pydantic import Field, StringConstraints

from channels import problems
from channels.port import (
    Accepted,
    Acknowledgement,
    CallbackRequest,
    Content,
    Inbound,
    Outcome,
    Outgoing,
    Receipt,
    Refused,
    Search,
    Template,
    Uncertain,
    Unsupported,
)
from channels.providers import meta_callbacks
from channels.providers.config import ProviderConfig, read_config
from channels.providers.meta_callbacks import id_of
from channels.providers.meta_graph import Graph, GraphConfig, NodeId
from channels.providers.whatsapp_callbacks import reports_in

# https://developers.facebook.com/docs/whatsapp/cloud-api/messages, limits of text and of cta_url messages.
TEXT_LENGTH_MAX: Final = 4096
BUTTON_BODY_LENGTH_MAX: Final = 1024
BUTTON_LABEL_LENGTH_MAX: Final = 20

_Name = Annotated[str, StringConstraints(min_length=1, max_length=512)]


class TemplateConfig(ProviderConfig):
    """How the account's owner had one purpose approved.

    `languages`: ours by Meta's (`{"en": "en_GB"}`). `body`: the fields that fill {{1}}, {{2}}…, by name. `button`:
    the field whose web address fills the button's {{1}}, less the `button_prefix` that was approved (without one,
    all up to the last slash).
    """

    name: _Name
    languages: dict[str, _Name]
    body: list[_Name] = Field(default_factory=list)
    button: _Name | None = None
    button_prefix: _Name | None = None


class WhatsAppConfig(GraphConfig):
    """`{"phone_number_id", "access_token", "app_secret", "verify_token", "from"?, "templates"?, …}`."""

    phone_number_id: NodeId
    templates: dict[str, TemplateConfig] = Field(default_factory=dict)


class WhatsAppProvider:
    """One WhatsApp business number."""

    acknowledgement: Acknowledgement = meta_callbacks.TAKEN

    def __init__(self, config: WhatsAppConfig) -> None:
        self._config = config
        self._graph = Graph(config)

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Self:
        """Raises `AccountConfigInvalid`."""
        return cls(read_config(WhatsAppConfig, config))

    async def send(self, outgoing: Outgoing) -> Outcome:
        """See `Provider.send`. Meta's 200 means that it has the message, not that it went out."""
        said = (
            _free(outgoing.content)
            if outgoing.window_open
            else _approved(outgoing.content.template, self._config.templates)
        )
        if isinstance(said, Refused):
            return said
        payload: dict[str, Any] = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": outgoing.to,
            "biz_opaque_callback_data": outgoing.delivery,
            **said,
        }
        if outgoing.reply_to is not None and outgoing.reply_to.startswith("wamid."):
            payload["context"] = {"message_id": outgoing.reply_to}
        return await self._graph.post_message(self._config.phone_number_id, payload, _taken)

    async def find(self, outgoing: Outgoing, *, since: datetime, known: frozenset[str]) -> Search:
        """Meta keeps no list of what was sent, and would send a repetition again."""
        return Unsupported(resend_is_safe=False)

    def parse_callback(self, request: CallbackRequest) -> list[Receipt | Inbound]:
        """Statuses and messages of this number. Raises `CallbackForged`."""
        found = meta_callbacks.entries(self._config, request, about="whatsapp_business_account")
        return reports_in(found, phone_number_id=self._config.phone_number_id)

    def handshake(self, request: CallbackRequest) -> Acknowledgement:
        """See `Handshaking`."""
        return meta_callbacks.handshake(self._config, request)

    async def check(self) -> str | None:
        """Reads the number's own name: the token fits, and the number is ours."""
        return await self._graph.trouble(
            self._config.phone_number_id,
            fields="display_phone_number,verified_name",
            what="WhatsApp phone_number_id",
        )

    async def close(self) -> None:
        """Closes the connections."""
        await self._graph.close()


def _free(content: Content) -> dict[str, Any] | Refused:
    """Within the window: the words as they are, with a button where the network has room for one."""
    if len(content.text) > TEXT_LENGTH_MAX:
        return Refused(problems.INVALID_CONTENT, "text too long")
    if content.button is None or len(content.text) > BUTTON_BODY_LENGTH_MAX:
        # No preview: fetching one would open the customer's link.
        return {"type": "text", "text": {"preview_url": False, "body": content.text}}
    label = content.button.label[:BUTTON_LABEL_LENGTH_MAX].strip()
    parameters = {"display_text": label, "url": content.button.url}
    return {
        "type": "interactive",
        "interactive": {
            "type": "cta_url",
            "body": {"text": content.text},
            "action": {"name": "cta_url", "parameters": parameters},
        },
    }


def _approved(
    template: Template | None, known: Mapping[str, TemplateConfig]
) -> dict[str, Any] | Refused:
    """Outside of it: the words that Meta approved for this purpose, filled in."""
    ours = known.get(template.purpose) if template is not None else None
    if template is None or ours is None:
        return Refused(problems.WINDOW_CLOSED, "no template")
    language = ours.languages.get(template.locale) or ours.languages.get(
        template.locale.partition("-")[0], next(iter(ours.languages.values()), None)
    )
    fields = dict(template.fields)
    wanted = [*ours.body, *([ours.button] if ours.button is not None else [])]
    if language is None or any(not fields.get(name, "").strip() for name in wanted):
        return Refused(
            problems.WINDOW_CLOSED, f"the template {ours.name} lacks a language or a field"
        )
    components: list[dict[str, Any]] = []
    if ours.body:
        # Line breaks and rows of spaces are not taken in a parameter (132018).
        texts = [" ".join(fields[name].split()) for name in ours.body]
        parameters = [{"type": "text", "text": text} for text in texts]
        components.append({"type": "body", "parameters": parameters})
    if ours.button is not None:
        suffix = _suffix(fields[ours.button], ours.button_prefix)
        if not suffix:
            return Refused(problems.CHANNEL_MISCONFIGURED, "button_prefix does not fit the link")
        button = {"type": "button", "sub_type": "url", "index": "0"}
        components.append({**button, "parameters": [{"type": "text", "text": suffix}]})
    said = {"name": ours.name, "language": {"code": language}, "components": components}
    return {"type": "template", "template": said}


def _suffix(url: str, prefix: str | None) -> str:
    """What is left of the address for the button's {{1}}; empty when the prefix is not the address's."""
    start = prefix if prefix is not None else url[: url.rfind("/") + 1]
    return url.removeprefix(start) if url.startswith(start) else ""


def _taken(answer: Mapping[str, Any]) -> Outcome:
    for message in meta_callbacks.objects(answer.get("messages")):
        found = id_of(message)
        if found:
            return Accepted(found)
    return Uncertain("answer_unreadable")
