"""What of a browser's report may be kept. Formats as in CSP level 2 and the Reporting API."""

from typing import Any

import pytest

from links.watch.blocked import REPORTS_MAX, Blocked, read_reports

TOKEN = "0123456789abcdefABCDEFgh"
PAGE = f"https://pay.example/p/{TOKEN}"


def older(**changes: Any) -> dict[str, Any]:
    return {
        "csp-report": {
            "document-uri": PAGE,
            "referrer": "https://mail.example/inbox?q=casey",
            "violated-directive": "script-src-elem",
            "effective-directive": "script-src-elem",
            "original-policy": "script-src 'nonce-x'",
            "disposition": "enforce",
            "blocked-uri": "https://user:pass@skimmer.example:8443/a.js?email=casey@example.com#x",
            "source-file": PAGE,
            "line-number": 3,
            "script-sample": "steal('4242424242424242')",
        }
        | changes
    }


def newer(**changes: Any) -> dict[str, Any]:
    return {
        "age": 5,
        "type": "csp-violation",
        "url": PAGE,
        "user_agent": "Mozilla/5.0",
        "body": {
            "documentURL": PAGE,
            "effectiveDirective": "script-src-elem",
            "blockedURL": "https://skimmer.example:8443/a.js?email=casey@example.com",
            "sourceFile": f"{PAGE}?x=1",
            "disposition": "enforce",
            "sample": "",
        }
        | changes,
    }


EXPECTED = Blocked(
    token=TOKEN,
    directive="script-src-elem",
    origin="https://skimmer.example:8443",
    example="https://skimmer.example:8443/a.js",
    source="https://pay.example/p/{token}",
    enforced=True,
)


def test_both_formats_say_the_same_and_nothing_personal_of_them_is_kept() -> None:
    assert [EXPECTED] == read_reports(older())
    assert [EXPECTED] == read_reports([newer()])


def test_what_was_only_reported_and_let_through_is_told_apart() -> None:
    [one] = read_reports(older(disposition="report"))
    [other] = read_reports([newer(disposition="report")])
    assert (False, False) == (one.enforced, other.enforced)


@pytest.mark.parametrize(
    "word", ["inline", "eval", "wasm-eval", "trusted-types-sink", "data", "blob"]
)
def test_what_has_no_address_is_told_by_its_word(word: str) -> None:
    [found] = read_reports(older(**{"blocked-uri": word}))
    assert (word, word) == (found.origin, found.example)


def test_long_addresses_without_a_server_are_cut_to_their_scheme() -> None:
    [found] = read_reports(older(**{"blocked-uri": "data:text/javascript,steal()"}))
    assert "data" == found.example


@pytest.mark.parametrize(
    "changes",
    [
        {"blocked-uri": "chrome-extension://abc/inject.js"},
        {"source-file": "moz-extension://abc/inject.js"},
        {"source-file": "safari-web-extension://abc"},
        {"blocked-uri": "about:blank"},
        {"blocked-uri": "https://\u202eevil.example/"},
        {"blocked-uri": "https://[broken/"},
        {"blocked-uri": "javascript:alert(1)"},
        {"blocked-uri": ["https://a.example"]},
        {"effective-directive": "<script>", "violated-directive": ""},
        {"document-uri": "https://pay.example/p/short"},
        {"document-uri": None},
    ],
    ids=str,
)
def test_noise_and_nonsense_is_let_go(changes: dict[str, Any]) -> None:
    assert [] == read_reports(older(**changes))


@pytest.mark.parametrize(
    "value", [None, 1, "x", [], {}, [[]], {"csp-report": 1}, [{"type": "csp-violation"}]]
)
def test_what_is_no_report_is_let_go(value: Any) -> None:
    assert [] == read_reports(value)


def test_a_token_or_a_card_number_in_the_blocked_address_is_not_kept() -> None:
    address = f"https://cdn.example/p/{TOKEN}/4242424242424242.js"
    [found] = read_reports(older(**{"blocked-uri": address}))
    assert TOKEN not in found.example
    assert "4242424242424242" not in found.example


def test_one_post_brings_no_more_than_its_bound() -> None:
    assert REPORTS_MAX == len(read_reports([newer()] * 100))
