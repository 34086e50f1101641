"""Every type of event there is. The public contract lists the same ones; types are only ever added."""

from typing import Final

_FAMILIES: Final = {
    "link": "created updated sent fetched opened expired cancelled superseded renewal_requested",
    "checkout": (
        "joined left method_selected card_entry_started field_completed field_invalid submitted"
        " stalled help_requested sharing_changed"
    ),
    "payment": (
        "fraud_check_started fraud_check_completed challenge_started challenge_completed processing"
        " authorised declined paid partially_paid paid_late cancelled flag_cleared"
        " review_opened review_decided"
    ),
    "refund": "created decided succeeded failed",
    "dispute": "opened closed",
    "message": "queued sent delivered read failed received",
    "customer": "created updated merged unmerged erased",
    "consent": "changed doubtful",
    "interaction": "recorded",
    "note": "added whispered",
    "survey": "answered",
    "conversation": "opened assigned transferred taken offered closed",
    "agent": "presence_changed",
    "session": "started failed ended",
    "user": "changed",
    "key": "created revoked",
    "export": "created",
    "settings": "changed",
    "incident": (
        "card_number_masked approval_refused mailbox_failing mailbox_recovered mail_skipped"
        " decline_spike decline_spike_over psp_down psp_down_over"
        " message_failures message_failures_over card_testing card_testing_over"
    ),
    "psp": "event_unmatched amount_mismatched",
    "reconciliation": "completed",
    "page": "changed script_blocked baseline_accepted",
}

EVENT_TYPES: Final = frozenset(
    f"{family}.{name}" for family, names in _FAMILIES.items() for name in names.split()
)

# About people and the system rather than customers: for supervisors, admins and auditors only.
_PRIVILEGED_FAMILIES: Final = frozenset(
    {"agent", "session", "user", "key", "export", "settings", "incident", "psp", "reconciliation"}
    | {"page"}
)
PRIVILEGED_TYPES: Final = frozenset(
    kind for kind in EVENT_TYPES if kind.partition(".")[0] in _PRIVILEGED_FAMILIES
)

# Said to one person: seen by the agent of the entry, not by their team, and by whoever sees the privileged types.
CONFIDENTIAL_TYPES: Final = frozenset({"note.whispered"})
