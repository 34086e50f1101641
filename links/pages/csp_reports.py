"""`POST /p/reports/csp`: a browser tells what the page's policy stopped."""

from fastapi import APIRouter, Request, Response

from compliance.routes.gate import client_network, gate_of
from core import strict_json
from links.pages.page import REPORTS_PATH, pay_desk
from links.watch.blocked import read_reports
from links.watch.reports import merchant_of_page, take

router = APIRouter(tags=["pay page"])


@router.post(REPORTS_PATH, status_code=204)
async def reported(request: Request) -> Response:
    """Both formats of browsers, 64 KiB. What is no report, or about no page of ours, is let go with the same answer."""
    desk, gate = pay_desk(request), gate_of(request)
    await gate.throttle.hit("page_report", client_network(request))
    reports = read_reports(strict_json.parse(await request.body()))
    merchants: dict[str, str] = {}
    async with gate.database.snapshot() as session:
        for token in {each.token for each in reports}:
            merchant = await merchant_of_page(session, desk.tokens.lookup_hash(token))
            if merchant is not None:
                merchants[token] = merchant
    if merchants:
        async with gate.database.transaction() as session:
            await take(session, reports, merchants, now=gate.clock())
    return Response(status_code=204)
