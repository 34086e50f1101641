"""An agent presses the button, the provider sends them back, and they are at work: on the screen they asked for."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from playwright.async_api import Browser, Page, expect

from app.demo.seed import PEOPLE
from core.clock import utc_now
from tests.e2e.agent import DESK, PATIENCE_MS, WATCH_POLICY, watch_faults
from tests.e2e.stand import Stand, new_stand
from tests.support.oidc_provider import CLIENT_ID, CLIENT_SECRET, OidcProvider, providing

pytestmark = pytest.mark.browser

LABEL = "Acme account"


@pytest.fixture
async def provider() -> AsyncIterator[OidcProvider]:
    """The provider, on another site than the console: the browser keeps their cookies apart."""
    async with providing(utc_now) as made:
        made.issuer = made.issuer.replace("127.0.0.1", "localhost")
        made.account = {"sub": "42", "email": PEOPLE[0].email, "email_verified": True}
        yield made


@pytest.fixture
async def stand(
    tmp_path: Path, client: httpx2.AsyncClient, console: None, provider: OidcProvider
) -> AsyncIterator[Stand]:
    """A service that knows the provider."""
    del console
    made = new_stand(tmp_path, client, None)
    try:
        await made.prepare()
        child = made.plan.service(made.secrets)
        more = {
            "PAYTHREAD_SSO_ISSUER": provider.issuer,
            "PAYTHREAD_SSO_CLIENT_ID": CLIENT_ID,
            "PAYTHREAD_SSO_CLIENT_SECRET": CLIENT_SECRET,
            "PAYTHREAD_SSO_LABEL": LABEL,
            "PAYTHREAD_SSO_ALLOWED_HOSTS": "localhost",
        }
        child = replace(child, environment={**child.environment, **more})
        made.service = made.begin(child)
        await made.until_answering(child, made.service)
        yield made
    finally:
        made.end()


@pytest.fixture
async def page(browser: Browser, faults: list[str]) -> AsyncIterator[Page]:
    context = await browser.new_context(**DESK)
    context.set_default_timeout(PATIENCE_MS)
    await context.add_init_script(WATCH_POLICY)
    made = await context.new_page()
    watch_faults(made, faults)
    yield made
    await context.close()


async def test_an_agent_signs_in_by_the_button(
    stand: Stand, provider: OidcProvider, page: Page
) -> None:
    await page.goto(f"{stand.url}/#/conversations")
    await page.get_by_role("button", name=LABEL).click()
    await expect(page.get_by_text("Live", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    # Where they were going, and nothing of the code left in the address.
    await expect(page).to_have_url(f"{stand.url}/#/conversations")
    await page.reload()
    await expect(page.get_by_text("Live", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    started = (await stand.get("/v1/events", types="session.started"))["data"]
    assert ["single_sign_on"] == [event["data"]["way"] for event in started]
    assert 1 == provider.calls_of("/token")


async def test_who_is_not_let_in_is_told_so_and_may_use_a_password(
    stand: Stand, provider: OidcProvider, page: Page
) -> None:
    provider.account["email"] = "nobody@elsewhere.example"
    await page.goto(stand.url)
    await page.get_by_role("button", name=LABEL).click()
    refusal = page.get_by_role("alert").filter(has_text="could not be used to sign in here")
    await expect(refusal).to_be_visible()
    person = PEOPLE[0].email
    await page.get_by_label("Email").fill(person)
    await page.get_by_label("Password").fill(stand.secrets.passwords[person])
    await page.get_by_role("button", name="Sign in", exact=True).click()
    await expect(page.get_by_text("Live", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    await expect(page).to_have_url(f"{stand.url}/#/links")
