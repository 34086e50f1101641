"""What the customer's page reports while it is open: loaded, touched, which field, never what was typed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from compliance.journal import record
from core.database import Session
from links import presence, sharing
from links.link_events import link_event
from links.links import Link, link_by_id
from links.page_settings import COARSE
from links.progress import may_start_card_entry

Method = Literal["card", "apple_pay", "google_pay", "link"]
ReportKind = Literal[
    "loaded",
    "opened",
    "joined",
    "heartbeat",
    "left",
    "method_selected",
    "field_focused",
    "field_completed",
    "field_invalid",
    "help_requested",
    "share_less",
    "share_all",
]

# Preview fetchers, mail scanners and crawlers that name themselves. It only labels `link.fetched`: whether a person
# opened the link is told by touch, never by user agent.
_BOTS: Final = (
    "bot",
    "crawl",
    "spider",
    "preview",
    "facebookexternalhit",
    "slack",
    "skype",
    "headless",
    "scanner",
    "proofpoint",
    "barracuda",
    "mimecast",
    "curl",
    "python",
    "wget",
    "httpclient",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report. `code` is the PSP's word for what is wrong with a field; `again`: typing anew after a decline;
    `method`: whose button was pressed, a wallet's or the card form's; `locale`: what the page is written in."""

    page: str
    kind: ReportKind
    field: str | None = None
    code: str | None = None
    device: str | None = None
    by: str | None = None
    again: bool = False
    method: Method = "card"
    user_agent: str = ""
    locale: str | None = None


async def take(  # noqa: PLR0912 - a case a kind of report
    session: Session, link: Link, report: Report, *, now: datetime
) -> bool:
    """Records a report, once where once is enough. Reports past the bound of a page view are let go.

    Answers whether this page shows less than all, and then takes no more than what it still shows.
    """
    await session.lock(link.id)
    link = await link_by_id(session, link.id)
    # A page may be open for a day: its heartbeats are no reports.
    counts = report.kind not in {"heartbeat", "joined", "left", "share_less"}
    row = await presence.view_page(
        session, link, report.page, device=report.device, counts=counts, now=now
    )
    coarse = sharing.is_coarse(link, row)
    if counts and row["reports"] > presence.REPORTS_MAX:
        return coarse
    if coarse and report.kind not in sharing.COARSE_REPORTS:
        return True
    match report.kind:
        case "joined" | "heartbeat":
            await presence.beat(session, link, row, locale=report.locale, now=now)
        case "left":
            await presence.leave(session, row, now=now)
        case "loaded":
            if not row["fetched"]:
                await presence.mark(session, report.page, fetched=True)
                by = "bot" if _is_bot(report.user_agent) else "browser"
                _tell(session, link, "link.fetched", {"by": by}, now)
        case "opened":
            if not row["opened"]:
                await presence.mark(session, report.page, opened=True)
                data = {"device": report.device, "by": report.by, "page": report.page}
                _tell(session, link, "link.opened", data, now)
                if coarse:
                    sharing.tell(session, link, COARSE, by="merchant", page=report.page, now=now)
        case "field_focused":
            if may_start_card_entry(link.progress, again=report.again, many=link.multi):
                data = {"field": report.field, "device": report.device}
                _tell(session, link, "checkout.card_entry_started", data, now)
        case "field_completed":
            _tell(session, link, "checkout.field_completed", {"field": report.field}, now)
        case "field_invalid":
            data = {"field": report.field, "code": report.code}
            _tell(session, link, "checkout.field_invalid", data, now)
        case "method_selected":
            _tell(session, link, "checkout.method_selected", {"method": report.method}, now)
        case "help_requested":
            _tell(session, link, "checkout.help_requested", {"page": report.page}, now)
        case "share_less":
            await sharing.share_less(session, link, report.page, now=now)
        case "share_all":
            await sharing.share_all(session, link, report.page, now=now)
    return coarse or report.kind == "share_less"


def _tell(session: Session, link: Link, kind: str, data: dict[str, Any], now: datetime) -> None:
    record(session, link_event(kind, link, actor="customer", now=now, data=data))


def _is_bot(user_agent: str) -> bool:
    lowered = user_agent.lower()
    # WhatsApp's fetcher is WhatsApp and nothing else; people look from a browser inside it, which says so as well.
    return lowered.startswith("whatsapp/") or any(name in lowered for name in _BOTS)
