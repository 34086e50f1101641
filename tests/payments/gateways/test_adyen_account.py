"""An Adyen account as an operator sets it up."""

from typing import Any

import pytest
from pydantic import ValidationError

from payments.gateways.adyen_account import read_account

GIVEN = {
    "api_key": "AQE-key",
    "client_key": "test_key",
    "merchant_account": "Shop",
    "hmac_key": "ab" * 32,
}


def test_the_page_gets_adyens_own_script_and_nothing_secret() -> None:
    page = read_account(GIVEN | {"country": "NL"}).page()

    assert ("adyen", "test_key", "fields") == (page.provider, page.publishable_key, page.mode)
    assert page.script_url.startswith("https://checkoutshopper-test.cdn.adyen.com/")
    assert all(origin.startswith("https://") for origin in page.origins)
    assert ("test", "NL", "native") == tuple(
        page.config[name] for name in ("environment", "country", "three_ds")
    )
    assert "AQE" not in repr(page)
    assert "abab" not in repr(page)


def test_a_far_end_of_ones_own_is_one_origin() -> None:
    page = read_account(GIVEN | {"js_url": "http://localhost:9/sdk/adyen.js"}).page()

    assert ("http://localhost:9",) == page.origins


def test_a_live_account_knows_its_host() -> None:
    account = read_account(
        GIVEN | {"environment": "live-us", "live_prefix": "1797a841fbb37ca7-Shop"}
    )

    assert "live" == account.platform
    assert account.page().script_url.startswith("https://checkoutshopper-live.cdn.adyen.com/")
    assert "https://checkoutshopper-live-us.adyen.com" in account.page().origins


@pytest.mark.parametrize(
    "change",
    [
        {"hmac_key": "not hexadecimal"},
        {"hmac_key": "abcd"},
        {"environment": "live"},
        {"environment": "moon"},
        {"webhook_user": "adyen"},
        {"merchant_account": "Shop/../"},
        {"api_base": "ftp://example"},
        {"apikey": "x"},
    ],
)
def test_what_cannot_work_is_refused_at_the_start(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read_account(GIVEN | change)


def test_secrets_are_not_shown() -> None:
    assert "AQE" not in repr(read_account(GIVEN))
