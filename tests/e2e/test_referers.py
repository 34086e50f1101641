"""What the PSP and anybody else is told of the page that the customer came from: its origin, and never the link."""

from urllib.parse import urlsplit

import pytest
from playwright.async_api import Request

from tests.e2e.customer import Customer
from tests.e2e.demo import Demo
from tests.e2e.test_help import new_link

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


async def test_no_other_site_learns_the_link_from_a_payment(demo: Demo, customer: Customer) -> None:
    requests: list[Request] = []

    def note(request: Request) -> None:
        requests.append(request)

    customer.context.on("request", note)
    link = await new_link(demo)
    token = link["url"].rpartition("/")[2]
    page = await customer.open(link["url"])
    await page.pay()
    await page.has_receipt()

    own = urlsplit(link["url"]).netloc
    told = set()
    for request in requests:
        headers = await request.all_headers()
        if urlsplit(request.url).netloc == own:
            continue
        assert token not in request.url
        assert token not in str(headers)
        assert token not in (request.post_data or "")
        told.add(headers.get("referer"))
    origin = link["url"].partition("/p/")[0] + "/"
    assert origin in told
    assert all(each is None or urlsplit(each).netloc != own or each == origin for each in told)
