"""Which app shows the page (links.in_app_browsers), by the user agents that the apps' webviews send."""

import pytest

from links.in_app_browsers import in_app_of
from tests.support.user_agents import FETCHERS, IN_APP, OWN_BROWSERS

URL = "https://pay.acme.test/p/abc"


@pytest.mark.parametrize("app", sorted(IN_APP))
def test_an_app_is_known(app: str) -> None:
    found = in_app_of(IN_APP[app], URL)
    assert found is not None
    assert app.partition(",")[0] == (found.name or "unnamed")


@pytest.mark.parametrize("agent", [*OWN_BROWSERS, *FETCHERS.values()])
def test_a_browser_or_a_fetcher_is_no_app(agent: str) -> None:
    assert in_app_of(agent, URL) is None


def test_android_is_led_out_by_an_intent_and_an_iphone_is_told_how() -> None:
    android = in_app_of(IN_APP["Instagram, Android"], URL)
    iphone = in_app_of(IN_APP["Instagram, iPhone"], URL)
    assert android is not None
    assert iphone is not None
    assert (
        "intent://pay.acme.test/p/abc#Intent;scheme=https;action=android.intent.action.VIEW;"
        "category=android.intent.category.BROWSABLE;end" == android.intent
    )
    assert (None, URL) == (iphone.intent, iphone.url)
