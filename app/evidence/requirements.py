"""PCI DSS 4.0.1: which requirement is met by what, and which tests prove it.

The lines are those of SAQ A and the extra ones of a service provider that software can answer for. A test is a file of
the suite; one that is not there fails our own suite, so the table cannot rot.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Owner(StrEnum):
    """Who answers for a requirement (12.8.5, 12.9.2)."""

    PAYTHREAD = "Paythread"
    OPERATOR = "you"
    SHARED = "both"
    PSP = "the PSP"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of the standard. `yours` is what is left to whoever runs it."""

    number: str
    asks: str
    feature: str
    owner: Owner
    tests: tuple[str, ...] = ()
    yours: str = ""


REQUIREMENTS: Final = (
    Requirement(
        "2.2.2, 8.6.2",
        "No default and no coded secrets",
        "without a master key nothing starts; there is no default user, key or password",
        Owner.SHARED,
        ("tests/app/test_master_key_source.py", "tests/app/test_settings.py"),
        "keep secrets in a secret store",
    ),
    Requirement(
        "3.1, 3.3.1",
        "Account data is kept as little as possible, the security code never",
        "card data goes from the browser to the PSP's fields and is in no request to us",
        Owner.PAYTHREAD,
        (
            "tests/sandbox/test_card_data.py",
            "tests/adyen_sandbox/test_card_data.py",
            "tests/simulation/test_card_data.py",
        ),
    ),
    Requirement(
        "3.4.1, 3.5.1",
        "No card number is shown or readable where stored",
        "brand, last four and expiry alone; card-like text masked before it is stored, shown or logged",
        Owner.PAYTHREAD,
        ("tests/compliance/test_masking.py", "tests/simulator/test_masking.py", "tests/app/test_logs.py"),
    ),
    Requirement(
        "3.6, 3.7",
        "Keys are protected, replaced and destroyed",
        "a data key for each customer under a master key with an id, which a key management service may wrap; "
        "rotation while running; erasure destroys the key",
        Owner.SHARED,
        (
            "tests/compliance/test_vault.py",
            "tests/compliance/test_key_rotation.py",
            "tests/app/test_cli_keys.py",
            "tests/app/kms/test_opening.py",
        ),
        "name custodians, guard the master key or the service that wraps it, keep it apart from backups",
    ),
    Requirement(
        "4.2.1",
        "Strong cryptography over open networks",
        "http:// is refused outside this machine; PSPs and providers by verified TLS; HSTS",
        Owner.SHARED,
        ("tests/app/test_settings.py", "tests/app/test_front.py"),
        "TLS in front of the service",
    ),
    Requirement(
        "4.2.2",
        "No card number by end-user messaging",
        "messages with one are refused going out and masked coming in, also in pieces",
        Owner.PAYTHREAD,
        ("tests/compliance/test_masking.py", "tests/channels/test_split_numbers.py"),
    ),
    Requirement(
        "6.2.4",
        "Software attacks are prevented",
        "strict JSON at every door, escaped templates, no expression engine, addresses of webhooks checked and pinned",
        Owner.PAYTHREAD,
        ("tests/app/test_bad_input.py", "tests/core/test_strict_json.py", "tests/core/outbound/test_safe_addresses.py"),
    ),
    Requirement(
        "6.4.3",
        "Scripts of the payment page are authorised, whole and listed with their reason",
        "an inventory made from the page's own code; nonce policy; SRI on our scripts",
        Owner.SHARED,
        ("tests/links/watch/test_in_browser.py", "tests/links/watch/test_cli_page.py", "tests/pay_page/test_policy.py"),
        "keep the PSP's attestation for its script",
    ),
    Requirement(
        "7.2, 7.3.3",
        "Access by need, deny by default",
        "named permissions; every route declares one, or the guard that it has instead",
        Owner.SHARED,
        ("tests/app/evidence/test_doors.py", "tests/compliance/test_roles.py", "tests/compliance/test_principal.py"),
        "review the access list at least every six months",
    ),
    Requirement(
        "8.2.5, 8.2.8",
        "Access ends at once when withdrawn, and after 15 minutes idle",
        "a user who is switched off is out of sessions and feeds; idle sessions end",
        Owner.PAYTHREAD,
        ("tests/compliance/test_sessions.py", "tests/agent_feed/test_rechecks.py"),
    ),
    Requirement(
        "8.3",
        "Strong authentication",
        "Argon2id; twelve characters with letters and digits; ten wrong ones lock for half an hour",
        Owner.PAYTHREAD,
        ("tests/compliance/test_passwords.py", "tests/compliance/test_sessions.py"),
    ),
    Requirement(
        "8.4.2, 8.5.1",
        "A second factor, that cannot be replayed or gone around",
        "codes of an authenticator app, each taken once, or passkeys, with recovery codes; asked of admins, of others "
        "by setting",
        Owner.SHARED,
        (
            "tests/compliance/test_totp.py",
            "tests/compliance/test_signing_in.py",
            "tests/compliance/test_passkeys.py",
            "tests/compliance/test_passkey_enrolment.py",
        ),
        "ask it of every role that reaches account data: the setting mfa.required_for",
    ),
    Requirement(
        "10.2",
        "Who did what, when, from where, with what outcome",
        "the journal, written in the same database transaction as what it tells",
        Owner.PAYTHREAD,
        ("tests/compliance/test_journal_write.py", "tests/compliance/test_journal_find.py"),
    ),
    Requirement(
        "10.3",
        "Logs cannot be changed unseen",
        "each entry carries the hash of the one before, the database refuses to change one, anchors leave for other "
        "hosts; `paythread journal verify` names each break",
        Owner.SHARED,
        (
            "tests/compliance/test_journal_verify.py",
            "tests/app/test_append_only.py",
            "tests/compliance/test_anchor_rounds.py",
            "tests/compliance/test_journal_export.py",
        ),
        "set PAYTHREAD_ANCHOR_DESTINATIONS, and let its metric wake somebody",
    ),
    Requirement(
        "11.6.1",
        "Changes of the payment page are noticed",
        "a monitor fetches each page at its public address and compares scripts and headers",
        Owner.SHARED,
        ("tests/links/watch/test_monitor.py", "tests/links/watch/test_headers.py", "tests/links/watch/test_blocked.py"),
        "act on `page.changed`",
    ),
    Requirement(
        "12.8.5, 12.9.2",
        "It is written down who answers for what",
        "the responsibility matrix of this pack",
        Owner.SHARED,
        ("tests/app/evidence/test_requirements.py",),
        "agree it with your PSP and your customers",
    ),
    Requirement(
        "12.10.7",
        "Card data found where it should not be is an incident",
        "it is masked, told to the agent and in the journal",
        Owner.SHARED,
        ("tests/channels/test_split_numbers.py",),
        "have an incident plan",
    ),
    Requirement(
        "A1.1.1, A1.2.1",
        "Tenants are kept apart, each with its own log",
        "every query names one merchant; a journal, and keys, for each",
        Owner.PAYTHREAD,
        ("tests/agent_feed/test_access.py", "tests/compliance/test_journal_read.py", "tests/links/test_finding.py"),
    ),
    Requirement(
        "1, 5, 9, 11.3, 11.4",
        "Networks, malware, places, scans and penetration tests",
        "outside the software",
        Owner.OPERATOR,
        yours="your network, machines, premises, quarterly ASV scans and yearly tests",
    ),
    Requirement(
        "3, 4 for account data",
        "Card numbers are processed and kept safely",
        "never here",
        Owner.PSP,
        yours="keep your PSP's attestation of compliance",
    ),
)  # fmt: skip
