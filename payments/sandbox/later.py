"""What happens by itself a little later? Banks dispute, refunds settle, slow payments succeed."""

from collections.abc import Callable

from payments.sandbox import clock
from payments.sandbox.desk import Call, Desk

DISPUTE_AFTER_MS = 1000
REFUND_SETTLES_AFTER_MS = 2000
PROCESSING_TAKES_MS = 3000

Step = Callable[[Call, str], None]


def schedule(call: Call, step: str, subject: str, *, after_ms: int) -> None:
    call.store.execute(
        "INSERT INTO later (due_ms, step, subject) VALUES (?, ?, ?)",
        call.now_ms + after_ms, step, subject,
    )  # fmt: skip
    call.desk.woken.set()


def run_due(desk: Desk, steps: dict[str, Step]) -> None:
    """Each step and its removal from the list are one transaction."""
    now_ms = clock.now_ms()
    rows = desk.store.execute(
        "SELECT seq, step, subject FROM later WHERE due_ms <= ? ORDER BY due_ms, seq LIMIT 100",
        now_ms,
    ).fetchall()
    for row in rows:
        with desk.store.transaction():
            desk.store.execute("DELETE FROM later WHERE seq = ?", row["seq"])
            steps[row["step"]](Call(desk=desk, now_ms=now_ms, secret=True), row["subject"])


def next_due_ms(desk: Desk) -> int | None:
    row = desk.store.execute("SELECT min(due_ms) AS due FROM later").fetchone()
    return None if row["due"] is None else int(row["due"])
