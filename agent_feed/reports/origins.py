"""The channel that money and answers came by: the one that their link first went out on, as the funnel counts it."""

from collections.abc import Sequence

from compliance.journal.facts import Fact, facts_of_links
from core.database import Session

_SENT_OUT = "message.queued"


async def with_channels(session: Session, merchant: str, facts: Sequence[Fact]) -> list[Fact]:
    """The same facts; those of the pay page and the PSP, which name no channel, with their link's."""
    links = sorted({fact.link for fact in facts if fact.link is not None and fact.channel is None})
    channels: dict[str | None, str | None] = {}
    for sent in await facts_of_links(session, merchant, links, [_SENT_OUT]):
        channels.setdefault(sent.link, sent.channel)
    return [
        fact if fact.channel is not None else fact._replace(channel=channels.get(fact.link))
        for fact in facts
    ]
