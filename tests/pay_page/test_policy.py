"""The page's Content-Security-Policy: what each PSP needs, and no more."""

from typing import Any

import pytest

from links.pages.page import content_security_policy, page_headers, permissions_policy
from payments.gateway import PagePsp
from payments.gateways.adyen_account import read_account
from payments.gateways.mollie import MollieGateway
from payments.gateways.stripe import StripeGateway
from payments.gateways.stripe_checkout import StripeCheckoutGateway

STRIPE = {"secret_key": "sk_test_1", "publishable_key": "pk_test_1", "webhook_secret": "whsec_1"}
ADYEN = {
    "api_key": "adyen-key",
    "client_key": "test_1",
    "merchant_account": "Acme",
    "hmac_key": "44782def547aaa06c910c43932b1eb0c71fc68d9d0c057550c48ec2acf6ba056",
}


def directives(psp: PagePsp | None) -> dict[str, set[str]]:
    parts = [each.split() for each in content_security_policy("bm9uY2U", psp).split("; ")]
    return {name: set(values) for name, *values in parts}


@pytest.mark.parametrize(
    "psp",
    [
        None,
        MollieGateway({"api_key": "test_0123456789abcdefghijklmnopqrst"}).page,
        StripeCheckoutGateway(STRIPE).page,
    ],
    ids=["none", "mollie", "stripe_checkout"],
)
def test_without_a_psps_fields_nothing_of_a_psp_is_allowed(psp: PagePsp | None) -> None:
    """Where the customer pays at the PSP's page, ours talks to us alone."""
    assert directives(psp) == {
        "default-src": {"'none'"},
        "script-src": {"'nonce-bm9uY2U'"},
        "style-src": {"'self'"},
        "img-src": {"'self'", "data:"},
        "connect-src": {"'self'"},
        "frame-src": {"'none'"},
        "form-action": {"'self'"},
        "base-uri": {"'none'"},
        "frame-ancestors": {"'none'"},
    }


def test_stripe_asks_the_banks_question_in_frames_of_its_own() -> None:
    """No bank is framed by the page, no form leaves it, and the looks are ours."""
    found = directives(StripeGateway(STRIPE).page)
    assert "https:" not in found["frame-src"]
    assert found["form-action"] == {"'self'"}
    assert found["style-src"] == {"'self'"}


@pytest.mark.parametrize(("three_ds", "any_bank"), [("native", True), ("redirect", False)])
def test_adyen_frames_any_bank_only_where_it_asks_in_the_page(
    three_ds: str, any_bank: bool
) -> None:
    """The banks' hosts cannot be listed; an account that sends the customer away needs none of them."""
    given: dict[str, Any] = {**ADYEN, "three_ds": three_ds}
    found = directives(read_account(given).page())
    assert any_bank == ("https:" in found["frame-src"])
    assert any_bank == ("https:" in found["form-action"])
    assert "https:" not in found["script-src"] | found["connect-src"] | found["style-src"]
    assert "https://checkoutshopper-test.cdn.adyen.com" in found["style-src"] & found["script-src"]


def test_stripes_frames_may_open_a_wallet_and_nobody_elses() -> None:
    """Wallets ask for no more of the policy than the card fields do."""
    offered, bare = StripeGateway(STRIPE).page, StripeGateway(STRIPE | {"wallets": False}).page
    assert 'payment=(self "https://js.stripe.com"' in permissions_policy(offered)
    assert permissions_policy(None).startswith("payment=(self), camera=()")
    assert directives(offered) == directives(bare)


def test_where_no_script_of_a_psp_runs_text_cannot_become_script() -> None:
    """Trusted Types, with no policy allowed to make any; a PSP's own script may need what they forbid."""
    strict = "require-trusted-types-for 'script'; trusted-types 'none'"
    mollie = MollieGateway({"api_key": "test_0123456789abcdefghijklmnopqrst"}).page
    for psp in (None, mollie):
        assert strict in page_headers("bm9uY2U", psp, secure=True)["Content-Security-Policy"]
    stripe = page_headers("bm9uY2U", StripeGateway(STRIPE).page, secure=True)
    assert strict not in stripe["Content-Security-Policy"]


def test_browsers_are_told_where_to_report_in_a_way_that_they_take() -> None:
    """Those that know `report-to` use nothing else, and ignore it without https."""
    secure = page_headers("bm9uY2U", None, secure=True)
    assert 'csp="/p/reports/csp"' == secure["Reporting-Endpoints"]
    assert "report-to csp" in secure["Content-Security-Policy"]
    plain = page_headers("bm9uY2U", None, secure=False)
    assert "report-uri /p/reports/csp" in plain["Content-Security-Policy"]
    assert "report-to" not in plain["Content-Security-Policy"]
