"""Was this asked before? The first answer to a key is kept for 24 hours and given again."""

import hashlib
import hmac
import json

from payments.sandbox.desk import Answer, Call
from payments.sandbox.errors import Json, Refused
from payments.sandbox.store import Store

KEPT_MS = 24 * 60 * 60 * 1000
KEY_LENGTH_MAX = 255


def digest(store: Store, method: str, path: str, params: Json) -> str:
    """What a key is bound to. Keyed, and without a card number or code, so it tells nothing."""
    params = dict(params)
    card = params.get("card")
    if isinstance(card, dict):
        params["card"] = {k: v for k, v in card.items() if k not in ("number", "cvc")} | {
            "number": str(card.get("number", ""))[-4:]
        }
    text = json.dumps([method, path, params], sort_keys=True)
    return hmac.new(store.secret, text.encode(), hashlib.sha256).hexdigest()


def check_key(key: str) -> None:
    if not 1 <= len(key) <= KEY_LENGTH_MAX or not key.isascii() or not key.isprintable():
        raise Refused(
            f"An idempotency key has 1 to {KEY_LENGTH_MAX} printable ASCII characters.",
            kind="idempotency_error",
        )


def in_use() -> Refused:
    return Refused(
        "There is currently another in-progress request using this Idempotent Key (that probably "
        "means you submitted twice, and the other request is still going through). Please try "
        "again later.",
        code="idempotency_key_in_use",
        kind="idempotency_error",
        status=409,
    )


def earlier_answer(call: Call, key: str, bound_to: str) -> tuple[Answer, str] | None:
    """The kept answer and the id of the request that it first answered.

    Raises Refused idempotency_error when the key came with other parameters.
    """
    row = call.store.execute(
        "SELECT digest, status, body, request_id FROM answers WHERE key = ? AND created_ms > ?",
        key, call.now_ms - KEPT_MS,
    ).fetchone()  # fmt: skip
    if row is None:
        return None
    if row["digest"] != bound_to:
        raise Refused(
            "Keys for idempotent requests can only be used with the same parameters they were "
            "first used with. Try using a key other than the one given if you meant to execute a "
            "different request.",
            kind="idempotency_error",
        )
    return Answer(json.loads(row["body"]), row["status"]), row["request_id"]


def keep(call: Call, key: str, bound_to: str, answer: Answer) -> None:
    call.store.execute("DELETE FROM answers WHERE created_ms <= ?", call.now_ms - KEPT_MS)
    call.store.execute(
        "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)",
        key, bound_to, answer.status, json.dumps(answer.body), call.request_id, call.now_ms,
    )  # fmt: skip
