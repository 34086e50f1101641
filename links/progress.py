"""How far a link has come: folded from its events, and shown on the agent's screen. No I/O."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from channels.catalogue import CHANNELS
from compliance.journal import Event
from core.clock import rfc3339

# In the order that a customer goes through them; the last four are ends that may be left again by a new try.
STEPS: Final = (
    "created",
    "sent",
    "delivered",
    "opened",
    "card_entry",
    "submitted",
    "fraud_check",
    "challenge",
    "processing",
    "paid",
    "declined",
    "expired",
    "cancelled",
)
_BEFORE_OPENED: Final = frozenset({"created", "sent", "delivered"})
_MAY_ENTER_CARD: Final = _BEFORE_OPENED | {"opened", "declined"}
_TYPING: Final = _BEFORE_OPENED | {"opened", "card_entry"}
_OVER: Final = frozenset({"expired", "cancelled"})
# Steps that one customer goes through once, and on a link for many each customer again.
_OF_ANYBODY: Final = {"link.opened": "opened", "checkout.card_entry_started": "card_entry"}
_COMMON_NOUNS: Final = frozenset({"email", "webchat", "chatbot"})
_CALLED_BACK: Final = frozenset({"cancelled", "link_closed"})

# News of one try, which say how the payment as a whole stands.
_TRIES: Final = frozenset({"payment.challenge_started", "payment.processing", "payment.declined"})
_SETTLED: Final = frozenset({"paid", "authorised"})

Problem = Mapping[str, str]
_STORED: Final = frozenset(
    {"step", "since", "present", "device", "channels", "attempts", "problem", "sharing", "locale"}
)

# What the agent can say to somebody who has stopped at a step.
_STALLED: Final[Mapping[str, str]] = {
    "opened": "The customer has the page open and has not begun. Ask whether anything is unclear.",
    "card_entry": "The customer has stopped among the card fields. Ask what they see; never ask for the number.",
    "submitted": "The payment takes longer than usual. Ask the customer to keep the page open.",
    "fraud_check": "The check takes longer than usual. Ask the customer to keep the page open.",
    "challenge": "The customer is still at their bank. Ask whether the bank’s app or text message has come.",
    "declined": "The customer has not tried again. Suggest another card, or another way to pay.",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """`problem` is what stands in the way now: `{"code", "customer_message", "agent_hint"}`; `locale` is what the
    customer reads the page in.

    `sharing` is `coarse` where the page tells no more than opened, submitted and how it ended.
    """

    step: str
    since: str
    present: bool = False
    device: str | None = None
    channels: tuple[str, ...] = ()
    attempts: int = 0
    problem: Problem | None = None
    sharing: str = "full"
    locale: str | None = None

    @property
    def channel(self) -> str | None:
        """The channel that the customer has the link from; None where several carried it, as any guess is invented."""
        return self.channels[0] if len(self.channels) == 1 else None

    def as_json(self) -> dict[str, Any]:
        """As the API shows it."""
        return {
            "step": self.step,
            "since": self.since,
            "present": self.present,
            "device": self.device,
            "channel": self.channel,
            "attempts": self.attempts,
            "problem": dict(self.problem) if self.problem is not None else None,
            "sharing": self.sharing,
            "locale": self.locale,
        }

    def stored(self) -> dict[str, Any]:
        """As it is kept in the link's row."""
        return {**self.as_json(), "channels": list(self.channels)}

    @staticmethod
    def from_stored(value: Mapping[str, Any]) -> "Progress":
        # While an upgrade runs, a newer process may have written more than we know.
        fields = {key: value[key] for key in value.keys() & _STORED}
        return Progress(**{**fields, "channels": tuple(value["channels"])})


def begin(now: datetime) -> Progress:
    """A link that was just made."""
    return Progress("created", rfc3339(now))


def advance(progress: Progress, event: Event, *, many: bool = False) -> Progress:
    """Progress after one more event of the link. Events that say nothing about it change nothing.

    A link that `many` pay with shows the latest of what any of them did.
    """
    if many and event.type in _OF_ANYBODY:
        device = event.data.get("device") or progress.device
        return _to(progress, event, _OF_ANYBODY[event.type], device=device)
    if many and event.type == "checkout.sharing_changed":
        return _sharing_changed(progress, event, many=True)
    if event.type in _TRIES and event.data.get("payment_status") in _SETTLED:
        # Another try paid meanwhile: whatever becomes of this one, the customer owes nothing.
        return _to(progress, event, "paid")
    rule = _RULES.get(event.type)
    return rule(progress, event) if rule is not None else progress


def may_start_card_entry(progress: Progress, *, again: bool = False, many: bool = False) -> bool:
    """Whether touching a card field is news: the first time, and `again` after a decline.

    A report of the first time may be overtaken by the decline; it must not hide it from the agent. Where `many` pay,
    whatever somebody else has just done hides nothing.
    """
    if many:
        return progress.step != "card_entry"
    return progress.step in _MAY_ENTER_CARD and (again or progress.step != "declined")


def _to(progress: Progress, event: Event, step: str, **changes: Any) -> Progress:
    moved = (
        progress
        if progress.step == step
        else replace(progress, step=step, since=rfc3339(event.occurred_at))
    )
    return replace(moved, **{"problem": None, **changes})


def _via(progress: Progress, channel: str | None) -> Progress:
    if channel is None or channel in progress.channels:
        return progress
    return replace(progress, channels=(*progress.channels, channel))


def _sent(progress: Progress, event: Event) -> Progress:
    progress = _via(progress, event.channel)
    if progress.step == "created":
        return _to(progress, event, "sent")
    return progress


def _delivered(progress: Progress, event: Event) -> Progress:
    progress = _via(progress, event.channel)
    if progress.step in {"created", "sent"}:
        return _to(progress, event, "delivered")
    return progress


def _failed(progress: Progress, event: Event) -> Progress:
    problem = event.data.get("problem")
    code = problem.get("code") if isinstance(problem, Mapping) else problem
    # A message that was called back with its link is no trouble to anybody.
    if progress.step not in _BEFORE_OPENED or code in _CALLED_BACK:
        return progress
    following = event.data.get("next_channel")
    sent = _name(event.channel) if event.channel in CHANNELS else ""
    return replace(
        progress,
        problem={
            "code": "message_failed",
            "customer_message": "",
            "agent_hint": f"The {sent} message did not arrive. {_advice(event)}",
        }
        | ({"next_channel": str(following)} if following is not None else {}),
    )


def _name(channel: str | None) -> str:
    """The channel in the middle of a sentence."""
    if channel not in CHANNELS:
        return "other means"
    label = CHANNELS[channel].label
    return label.lower() if channel in _COMMON_NOUNS else label


def _advice(event: Event) -> str:
    following = event.data.get("next_channel")
    if following is None:
        return "Check the address, or ask the customer for another one."
    return f"Send it by {_name(str(following))} instead, or check the address."


def _opened(progress: Progress, event: Event) -> Progress:
    device = event.data.get("device") or progress.device
    if progress.step in _BEFORE_OPENED:
        return _to(progress, event, "opened", device=device)
    return replace(progress, device=device)


def _card_entry(progress: Progress, event: Event) -> Progress:
    if progress.step in _MAY_ENTER_CARD:
        return _to(
            progress, event, "card_entry", device=event.data.get("device") or progress.device
        )
    return _moves_again(progress, event)


def _field_invalid(progress: Progress, event: Event) -> Progress:
    if progress.step not in _TYPING:
        return progress
    field = {"number": "card number", "expiry": "expiry date", "cvc": "security code"}.get(
        str(event.data.get("field")), "field"
    )
    return replace(
        progress,
        problem={
            "code": str(event.data.get("code") or "field_invalid"),
            "customer_message": f"The {field} is not complete or not right.",
            "agent_hint": f"The customer is stuck at the {field}. Ask them to check it; never ask them to read it out.",
        },
    )


def _field_completed(progress: Progress, _: Event) -> Progress:
    stuck = progress.problem is not None and progress.step in {"opened", "card_entry"}
    return replace(progress, problem=None) if stuck else progress


def _submitted(progress: Progress, event: Event) -> Progress:
    return _to(progress, event, "submitted", attempts=progress.attempts + 1)


def _declined(progress: Progress, event: Event) -> Progress:
    problem = {
        key: str(event.data.get(key, "")) for key in ("code", "customer_message", "agent_hint")
    }
    return _to(progress, event, "declined", problem=problem)


def _authorised(progress: Progress, event: Event) -> Progress:
    """All of it is held, which is as good as paid; or a part, and the merchant's capture decides about it."""
    part = event.data.get("payment_status", "authorised") not in _SETTLED
    return _to(progress, event, "processing" if part else "paid")


def _part_paid(progress: Progress, event: Event) -> Progress:
    """Money came, and some is still due. `paid` would send the agent home; it is the customer's move, as when they had
    just opened the page. How much has come is `amount_paid`.
    """
    return _to(progress, event, progress.step if progress.step in _OVER else "opened")


def _paid_late(progress: Progress, event: Event) -> Progress:
    if event.data.get("payment_status") == "partially_paid":
        return _part_paid(progress, event)
    return _to(progress, event, "paid")


def _help(progress: Progress, _: Event) -> Progress:
    return replace(
        progress,
        problem={
            "code": "help_requested",
            "customer_message": "You asked for help.",
            "agent_hint": "The customer pressed “I need help”. Speak to them now.",
        },
    )


def _sharing_changed(progress: Progress, event: Event, *, many: bool = False) -> Progress:
    # Whoever shares less has not left: that they are there is what is no longer told.
    present = bool(event.data.get("present", progress.present))
    sharing = progress.sharing if many else str(event.data.get("sharing"))
    return replace(progress, sharing=sharing, present=present)


def _renewal_asked(progress: Progress, _: Event) -> Progress:
    return replace(
        progress,
        problem={
            "code": "renewal_requested",
            "customer_message": "You asked for a new link.",
            "agent_hint": "The link ran out, and the customer asks for a new one. Send it if they still owe the money.",
        },
    )


def _stalled(progress: Progress, event: Event) -> Progress:
    step = str(event.data.get("step"))
    # What was wrong before says more than that nothing happens.
    if progress.step != step or progress.problem is not None:
        return progress
    problem = {"code": "stalled", "customer_message": "", "agent_hint": _STALLED.get(step, "")}
    return replace(progress, problem=problem)


def _moves_again(progress: Progress, _: Event) -> Progress:
    stalled = progress.problem is not None and progress.problem["code"] == "stalled"
    return replace(progress, problem=None) if stalled else progress


def _step(step: str) -> Callable[[Progress, Event], Progress]:
    return lambda progress, event: _to(progress, event, step)


_RULES: Final[Mapping[str, Callable[[Progress, Event], Progress]]] = {
    "message.sent": _sent,
    "message.delivered": _delivered,
    "message.read": _delivered,
    "message.failed": _failed,
    "link.opened": _opened,
    "link.expired": _step("expired"),
    "link.cancelled": _step("cancelled"),
    "link.superseded": _step("cancelled"),
    "checkout.joined": lambda p, e: replace(
        p,
        present=True,
        device=e.data.get("device") or p.device,
        locale=e.data.get("locale") or p.locale,
    ),
    "checkout.left": lambda p, _: replace(p, present=False),
    "checkout.card_entry_started": _card_entry,
    "checkout.field_invalid": _field_invalid,
    "checkout.field_completed": _field_completed,
    "checkout.submitted": _submitted,
    "checkout.method_selected": _moves_again,
    "checkout.stalled": _stalled,
    "checkout.help_requested": _help,
    "checkout.sharing_changed": _sharing_changed,
    "link.renewal_requested": _renewal_asked,
    "payment.fraud_check_started": _step("fraud_check"),
    "payment.challenge_started": _step("challenge"),
    "payment.processing": _step("processing"),
    "payment.authorised": _authorised,
    "payment.paid": _step("paid"),
    "payment.partially_paid": _part_paid,
    "payment.paid_late": _paid_late,
    "payment.declined": _declined,
}
