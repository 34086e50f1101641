"""Which PSP takes a payment: the one whose fields the page has; another only where that one certainly did nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.money import Money
from links.links import Link
from links.submissions import PspChanged
from payments.accounts import Account, Gateways
from payments.errors import GatewayUnavailable
from payments.gateway import Gateway

Way = tuple[Account, Gateway]


@dataclass(frozen=True, slots=True)
class PspChoice:
    """Knows the merchant's accounts."""

    gateways: Gateways

    async def for_page(self, link: Link, amount: Money) -> Way:
        """The account whose fields a new page gets. Raises `NoGateway`."""
        return (await self._ways(link, amount))[0]

    async def for_submission(self, link: Link, amount: Money, asked: str | None) -> Sequence[Way]:
        """The ways in which this submission may be tried, in order.

        A card token fits only the account whose fields made it. Where the customer pays at the PSP's page there is no
        token, and the next such account may be tried. Raises `PspChanged` for an account that is no longer one of
        them, `NoGateway`.
        """
        ways = await self._ways(link, amount)
        if asked is None:
            return ways[:1]
        mine = [way for way in ways if way[0].id == asked]
        if not mine:
            raise PspChanged("How this payment is made has changed. Load the page again.")
        if mine[0][1].page.mode == "fields":
            return mine
        others = [way for way in ways if way[0].id != asked and way[1].page.mode == "redirect"]
        return [*mine, *others]

    async def unreached(
        self, link: Link, amount: Money, account: str
    ) -> PspChanged | GatewayUnavailable:
        """What to tell a page whose PSP did nothing: that there is another one, or to try again."""
        self.gateways.pulse.note(account, alive=False)
        for other, gateway in await self._ways(link, amount):
            if other.id != account and await self.gateways.pulse.alive(other.id, gateway):
                return PspChanged("Another payment provider takes its place. Load the page again.")
        return GatewayUnavailable("The payment provider does not answer. Nothing was charged.")

    async def _ways(self, link: Link, amount: Money) -> Sequence[Way]:
        return await self.gateways.route(link.merchant, amount, chosen=link.account)
