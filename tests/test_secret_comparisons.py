"""Signatures, tokens and hashes of secrets are compared so that the time taken does not tell how much of one was right.

A stopwatch could tell by nanoseconds alone, which no test on a busy machine can measure; so the code is read instead.
"""

import ast
import re

from tests.test_tidy import FAR_ENDS, ROOM_STARTS, python_files, tree

# `x == y`, where one side is by its name or its making a proof of something.
_PROOF = re.compile(r"signature|hmac|\.digest\(\)|hexdigest\(\)|csrf|nonce\b|\bsecret\b|\btoken\b")
# Compared with nothing that a caller chose, or in the database, which is asked by hash.
_ELSEWHERE = {
    "compliance/journal/verify.py": "hashes of stored rows",
    "links/watch/observing.py": "the nonces within one page, which everybody who has the page can read",
    "compliance/sessions.py": "a column, asked by the hash of what came",
    "compliance/passkey_challenges.py": "a column, asked by the hash of what came",
    "compliance/journal/export.py": "sums of a file that whoever checks it has; the signature proves it",
}


def test_what_proves_something_is_never_compared_by_equality() -> None:
    strangers = [
        f"{name}:{node.lineno} {ast.unparse(node)}"
        for name in python_files(*ROOM_STARTS)
        if not name.startswith(FAR_ENDS) and name not in _ELSEWHERE
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Compare) and _is_equality(node) and _compares_a_proof(node)
    ]
    assert [] == strangers


def test_whoever_makes_a_keyed_hash_to_check_one_compares_it_in_constant_time() -> None:
    """A file that checks a proof of somebody else's names `compare_digest`, or leaves it to an official library."""
    checking = {
        name
        for name in python_files(*ROOM_STARTS)
        if not name.startswith(FAR_ENDS)
        and re.search(r"def _?(verify|holds|.*signature.*holds|checks?_signature)\b", _text(name))
        and "hmac" in _text(name)
    }
    assert checking
    assert {name for name in checking if "compare_digest" not in _text(name)} <= _ELSEWHERE.keys()


def _is_equality(node: ast.Compare) -> bool:
    return any(isinstance(each, ast.Eq | ast.NotEq) for each in node.ops)


def _compares_a_proof(node: ast.Compare) -> bool:
    sides = [ast.unparse(each) for each in (node.left, *node.comparators)]
    plain = any(isinstance(each, ast.Constant) for each in (node.left, *node.comparators))
    lengths = any(side.startswith("len(") for side in sides)
    return not plain and not lengths and any(_PROOF.search(side) for side in sides)


def _text(name: str) -> str:
    return ast.unparse(tree(name))
