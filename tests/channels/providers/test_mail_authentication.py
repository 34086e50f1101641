"""Who vouches for a mail's sender: the merchant's own server alone, and about that very domain."""

import pytest

from channels.providers.mail_authentication import is_vouched_for

OURS = "mx.acme.example"
FIELD = "Authentication-Results"


def vouched(*values: str, authserv_id: str | None = OURS, address: str = "sam@example.com") -> bool:
    headers = [("Received", "from x"), *((FIELD, value) for value in values)]
    return is_vouched_for(headers, address=address, authserv_id=authserv_id)


@pytest.mark.parametrize(
    "value",
    [
        f"{OURS}; dmarc=pass header.from=example.com",
        f"{OURS.upper()} 1; spf=fail; DMARC=Pass (p=REJECT dis=NONE) header.from=Example.COM",
        f"{OURS}; dkim=pass header.d=example.com header.s=k1",
        f"{OURS}; dkim=fail header.d=example.com; dkim=pass header.i=@example.com",
        f"{OURS}; spf=pass smtp.mailfrom=bounces@example.com",
        f"{OURS}; dmarc=none header.from=example.com; spf=pass smtp.mailfrom=example.com",
        f"{OURS} (a (nested) comment); dmarc=pass",
    ],
)
def test_a_pass_about_the_senders_domain_vouches(value: str) -> None:
    assert vouched(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        OURS,
        f"{OURS}; none",
        "mx.other.example; dmarc=pass header.from=example.com",
        f"{OURS}; dmarc=fail header.from=example.com; dkim=pass header.d=example.com",
        f"{OURS}; dmarc=pass header.from=other.example",
        f"{OURS}; dkim=pass header.d=other.example",
        f"{OURS}; dkim=pass header.d=sub.example.com",
        f"{OURS}; dkim=pass header.d=com",
        f"{OURS}; dkim=pass",
        f"{OURS}; spf=pass smtp.mailfrom=sam@notexample.com",
        f"{OURS}; spf=softfail smtp.mailfrom=example.com",
        f'{OURS}; spf=pass smtp.mailfrom="x; dmarc=pass header.from=example.com"@evil.example',
        f"{OURS}; spf=fail (dmarc=pass ; dmarc=pass)",
        f"{OURS}; spf=pass smtp.mailfrom=header.d=example.com@evil.example",
        f'{OURS}; "dmarc=pass',
        f"{OURS}; (dmarc=pass",
        f"{OURS}) ; dmarc=pass",
        f"{OURS}; dmarc=pass;" + "x" * 10_000,
    ],
)
def test_anything_else_vouches_for_nobody(value: str) -> None:
    assert not vouched(value)


def test_a_sender_within_the_signing_domain_is_vouched_for() -> None:
    assert vouched(f"{OURS}; dkim=pass header.d=example.com", address="sam@mail.example.com")


def test_only_the_topmost_word_of_that_server_counts() -> None:
    fail, passed = f"{OURS}; dmarc=fail", f"{OURS}; dmarc=pass"
    assert not vouched(fail, passed)
    assert vouched("mx.other.example; dmarc=fail", passed, fail)


def test_without_a_server_of_ones_own_nobody_vouches() -> None:
    assert not vouched(f"{OURS}; dmarc=pass", authserv_id=None)
    assert not is_vouched_for([], address="sam@example.com", authserv_id=OURS)
