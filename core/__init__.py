"""What everything stands on: money, ids, clock, errors, database, due work, idempotency."""
