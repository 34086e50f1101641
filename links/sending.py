"""Puts a link into a message: the words for the channel, in the customer's language, and the queue."""

from dataclasses import dataclass
from datetime import datetime

from channels.catalogue import channel_of
from channels.customers import get_customer
from channels.message_templates import find_template
from channels.messages import Message, queue_message
from channels.templates import payment_link_content
from compliance.merchants import get_merchant
from compliance.users import get_user
from core.database import Session
from core.errors import NotFound
from links.links import Link
from links.money_text import money_text
from links.showing import Showing
from payments.payments import get_payment


@dataclass(frozen=True, slots=True)
class Sending:
    """Queues messages that carry a link."""

    showing: Showing

    async def send(
        self,
        session: Session,
        link: Link,
        *,
        channel: str,
        to: str | None,
        actor: str,
        now: datetime,
        pointer: str,
        template: str | None = None,
        again: bool = False,
    ) -> Message:
        """One message with the link's URL, queued. `pointer` is where in the request its address stands.

        While the link waits for a second person, so does the message. `again`: it takes the place of those before.

        Raises `InvalidField` for a channel that does not exist, `TemplateUnknown`, and what `queue_message` raises.
        """
        here = pointer.removesuffix("/to")
        channel_of(channel, pointer=f"{here}/channel")
        vault = self.showing.vault
        merchant = await get_merchant(session, link.merchant)
        payment = await get_payment(session, link.payment)
        customer = None
        if link.customer is not None:
            customer = await get_customer(
                session, vault, merchant=link.merchant, customer_id=link.customer
            )
        locale = link.locale or merchant.locale
        content = payment_link_content(
            channel,
            merchant_name=merchant.name,
            amount_text=money_text(payment.remaining, locale),
            url=await self.showing.url(session, link),
            description=await self.showing.description(session, link),
            agent_name=await self.agent_first_name(session, link),
            locale=locale,
            own=await find_template(
                session,
                merchant=merchant.id,
                name=template,
                channel=channel,
                locale=locale,
                fallback=merchant.locale,
                pointer=f"{here}/template",
            ),
        )
        return await queue_message(
            session,
            vault,
            merchant=link.merchant,
            customer=customer,
            channel=channel,
            to=to,
            content=content,
            link=link.id,
            agent=link.agent,
            actor=actor,
            now=now,
            pointer=pointer,
            waits=link.waits,
            supersedes=again,
        )

    async def agent_first_name(self, session: Session, link: Link) -> str | None:
        """How the agent is called in front of customers: the first name alone."""
        if link.agent is None:
            return None
        try:
            user = await get_user(session, self.showing.vault, link.agent)
        except NotFound:
            return None
        return user.name.split(" ", 1)[0] or None
