"""`GET /v1/brand/preview`: the pay page in a brand that is being chosen. Nobody pays on it, and it runs no script."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from compliance.merchant_settings import SettingsInvalid, as_json, faults_of
from compliance.merchants import get_merchant
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.gate import allowed, gate_of
from core.money import Money
from links.amounts import Range
from links.brand import Brand, BrandView, brand_view
from links.money_text import money_text
from links.pages.page import pay_desk
from links.pages.standing import Standing
from links.pay.languages import page_locale
from links.pay.rendering import PageView, local_time

router = APIRouter(tags=["settings"])

_MINOR: Final = 4999
_DAYS: Final = timedelta(days=1)
# The console alone shows it, in a frame; every script of the page stays out.
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
_Word = Annotated[str | None, Query(max_length=300)]


@router.get("/v1/brand/preview", response_class=HTMLResponse)
async def show_preview(
    request: Request,
    caller: Principal = allowed(Permission.SETTINGS_READ),
    *,
    accent: _Word = None,
    legal_name: _Word = None,
    support_phone: _Word = None,
    support_email: _Word = None,
    support_url: _Word = None,
    terms_url: _Word = None,
    privacy_url: _Word = None,
    locale: Annotated[str | None, Query(max_length=35)] = None,
    lang: Annotated[str | None, Query(max_length=35)] = None,
) -> HTMLResponse:
    """The pay page as customers would see it: with what is given here, and the brand as it holds for the rest.

    A field that is given empty is not set. 422 with a pointer for each fault, as at `/v1/settings`.
    """
    given = {
        "accent": accent,
        "legal_name": legal_name,
        "support_phone": support_phone,
        "support_email": support_email,
        "support_url": support_url,
        "terms_url": terms_url,
        "privacy_url": privacy_url,
    }
    changes = {name: value or None for name, value in given.items() if value is not None}
    faults = faults_of(Brand, changes)
    if faults:
        raise SettingsInvalid("This brand cannot be shown.", fields=tuple(faults))
    gate, desk = gate_of(request), pay_desk(request)
    async with gate.database.snapshot() as session:
        merchant = await get_merchant(session, caller.merchant)
        known = await brand_view(session, caller.merchant)
    view = _view(
        merchant.name,
        replace(known, brand=_changed(known.brand, changes)),
        amount=Money(_MINOR, merchant.currency),
        locale=page_locale(locale, merchant.locale, lang=lang),
    )
    ends = gate.clock() + _DAYS
    html = desk.pages.render(
        replace(
            view,
            expires_at=ends,
            expires_text=local_time(ends, view.locale),
            pay_host=urlsplit(desk.sending.showing.pay_url).netloc,
        )
    )
    return HTMLResponse(
        html,
        headers={
            "Content-Security-Policy": _POLICY,
            "X-Frame-Options": "SAMEORIGIN",
            "Cache-Control": "no-store",
        },
    )


def _changed(brand: Brand, changes: Mapping[str, str | None]) -> Brand:
    return Brand(**{**as_json(brand), **changes})


def _view(name: str, brand: BrandView, *, amount: Money, locale: str) -> PageView:
    text = money_text(amount, locale)
    standing = Standing(
        1, False, Range(amount, amount, amount), Money(0, amount.currency), text, locale
    )
    psp: dict[str, Any] = {"provider": "stripe", "mode": "fields", "config": {}}
    config = {"base": "/v1/brand", "locale": locale, "psp": psp, **standing.as_json()}
    return PageView(
        state="payable",
        nonce=secrets.token_urlsafe(16),
        locale=locale,
        merchant_name=name,
        reference="INV-1042",
        amount_text=text,
        psp_script_url="about:blank",
        brand=brand,
        logo_url="/v1/brand/logo" if brand.logo else None,
        config=config,
        bare=True,
    )
