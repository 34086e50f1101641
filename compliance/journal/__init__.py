"""The append-only record of what happened: audit trail, outbox of the feed, and timeline in one.

record      stages an entry in the caller's transaction
Journal     writes the staged entries as the transaction's last act
read        entries again, as events
verify      walks the hash chain
"""

from compliance.journal.entry import NOBODY, Ages, Entry, Event, Recallable, entry_hash
from compliance.journal.events import CONFIDENTIAL_TYPES, EVENT_TYPES, PRIVILEGED_TYPES
from compliance.journal.query import Concern, Query
from compliance.journal.read import Reader, count_latest, served_by
from compliance.journal.write import Journal, Written, open_journal, record

__all__ = [
    "CONFIDENTIAL_TYPES",
    "EVENT_TYPES",
    "NOBODY",
    "PRIVILEGED_TYPES",
    "Ages",
    "Concern",
    "Entry",
    "Event",
    "Journal",
    "Query",
    "Reader",
    "Recallable",
    "Written",
    "count_latest",
    "entry_hash",
    "open_journal",
    "record",
    "served_by",
]
