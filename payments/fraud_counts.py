"""What the fraud rules look at: what was seen lately, and what is known of this one try. No I/O."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one link, address, device, card, bank's range or merchant, the new try not counted."""

    tries: int = 0
    declines: int = 0  # refused by the bank or by our rules
    paid: int = 0
    cards: int = 0  # different cards that brought no money: refused, or given up
    links: int = 0  # different links on which something was refused
    small_declines: int = 0  # declines of small amounts

    @property
    def mostly_refused(self) -> bool:
        """An honest crowd pays more often than it is refused; a card tester does not."""
        return max(self.declines, self.cards) > self.paid


@dataclass(frozen=True, slots=True)
class Usual:
    """What payments in this currency usually come to, in minor units: the merchant's, and this customer's."""

    merchant_payments: int = 0
    merchant_percentile_95: int = 0
    customer_payments: int = 0
    customer_most: int = 0


@dataclass(frozen=True, slots=True)
class FraudCounts:
    """What was seen within the last hour, of the card within the last day. What is not known was not seen."""

    link: Seen = field(default_factory=Seen)
    address: Seen = field(default_factory=Seen)
    device: Seen = field(default_factory=Seen)
    card: Seen = field(default_factory=Seen)
    bin: Seen = field(default_factory=Seen)
    merchant: Seen = field(default_factory=Seen)
    card_links_hour: int = 0  # different links that the card was tried on, paid or not
    usual: Usual = field(default_factory=Usual)
    merchant_country: str | None = None
    # Whether the link's agent signed in from the customer's address lately.
    agent_address: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known of this try beside its amount. Countries are ISO 3166 codes, the customer's that of their phone.

    `agent_contact` says that the customer's email or phone is the agent's own.
    """

    card_country: str | None = None
    customer_country: str | None = None
    agent_contact: bool = False
