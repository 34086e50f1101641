"""Turns a view of a payment into the HTML of the pay page.

The caller must send the page with `Cache-Control: no-store`, `Referrer-Policy: strict-origin`, and a
Content-Security-Policy whose `script-src` names the same nonce; the page works without inline styles
or handlers and under Trusted Types.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from links.brand import PLAIN, BrandView
from links.money_text import local_digits, numbers_of
from links.pay.asset_files import AssetFiles
from links.pay.languages import LOCALE_DEFAULT, NAMES, language_of, text_direction
from links.pay.texts import page_texts, texts_for, translate

PageState = Literal[
    "payable",
    "in_progress",
    "paid",
    "expired",
    "cancelled",
    "superseded",
    "not_ready",
    "unavailable",
    "not_found",
    "too_many",
    "error",
]

CardFields = Literal["each", "whole", "none"]

TEMPLATES: Final[Mapping[PageState, str]] = {
    "payable": "pay.html",
    "in_progress": "pay.html",
    "paid": "paid.html",
    "expired": "expired.html",
    "cancelled": "cancelled.html",
    "superseded": "superseded.html",
    "not_ready": "not_ready.html",
    "unavailable": "unavailable.html",
    "not_found": "not_found.html",
    "too_many": "too_many.html",
    "error": "error.html",
}
_FIELDS_TEXTS: Final = (
    *("number.", "expiry.", "cvc.", "check_fields", "fields_loading"),
    *("card_refused", "other_card", "bank."),
)
_REDIRECT_TEXTS: Final = ("unfinished.", "other_way", "psp_changed_press")
_FOLDER: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True, kw_only=True)
class ReceiptView:
    """What a receipt shows. `paid_at` is aware; `card` reads like "Visa •••• 4242".

    After a part, `total_text` is the sum of the parts and `remaining_text` what is still to be paid.
    """

    amount_text: str
    total_text: str | None = None
    remaining_text: str | None = None
    reference: str | None
    merchant: str
    paid_at: datetime
    card: str | None
    payment: str


@dataclass(frozen=True, kw_only=True)
class AmountChoice:
    """The field in which the customer writes how much to pay. `value` stands in it at first, in the locale's way."""

    least_text: str
    most_text: str
    currency: str
    exponent: int
    offer: bool
    value: str


@dataclass(frozen=True)
class InApp:
    """The page is looked at inside an app. `intent` opens it in the phone's browser, where the phone has that."""

    name: str | None
    url: str
    intent: str | None


@dataclass(frozen=True, kw_only=True)
class PageView:
    """Everything one page shows.

    `payable` and `in_progress` need `config`, `psp_script_url` (unless the customer pays at the PSP's page) and the
    merchant's fields; the pages of links that have ended, or cannot be paid yet, need `merchant_name`; `not_found` and
    `error` show neither merchant nor amount.
    `config` is the configuration for the browser without `texts`, which is added here. `notice` replaces the standing
    notice about what the agent sees. `sharing` is how much that is, and `fixed` where the customer has no say in it:
    then it is coarse. `pay_host` is what the address bar shows. A `bare` page has no scripts: it is only looked at.
    """

    state: PageState
    nonce: str
    locale: str = LOCALE_DEFAULT
    merchant_name: str | None = None
    description: str | None = None
    reference: str | None = None
    amount_text: str | None = None
    choice: AmountChoice | None = None
    paid_text: str | None = None
    agent_first_name: str | None = None
    receipt: ReceiptView | None = None
    expires_text: str | None = None
    expires_at: datetime | None = None
    psp_script_url: str | None = None
    notice: str | None = None
    sharing: Literal["full", "coarse", "fixed"] = "full"
    brand: BrandView = PLAIN
    logo_url: str | None = None
    check_code: str | None = None
    pay_host: str | None = None
    in_app: InApp | None = None
    config: Mapping[str, object] | None = None
    finds_own: bool = False
    bare: bool = False


class PayPages:
    """Renders pages; made once, with the assets that the pages refer to."""

    def __init__(self, assets: AssetFiles) -> None:
        self._assets = assets
        self._environment = Environment(
            loader=FileSystemLoader(_FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["t"] = _translate_in_context
        self._environment.globals["t_when"] = _translate_with_time
        self._environment.filters["local_time"] = local_time
        self._environment.globals.update(
            assets=assets.url,
            integrity=assets.integrity,
            modules=assets.parts(),
            languages=[(tag, name, text_direction(tag)) for tag, name in NAMES.items()],
            import_map_json=script_json(assets.import_map()),
        )

    def render(self, view: PageView) -> str:
        """Answers the HTML of `view`; a view that lacks what its template needs is a programmer's error."""
        values = {field.name: getattr(view, field.name) for field in fields(view)}
        if view.state in ("payable", "in_progress"):
            assert view.config is not None
            assert view.amount_text
            psp: Any = view.config["psp"]
            values["fields"] = card_fields(psp)
            values["adapter"] = (
                "leaving.js" if values["fields"] == "none" else f"psp_{psp['provider']}.js"
            )
            values["wallets"] = values["fields"] == "each" and "wallets" in psp.get("config", {})
            assert view.psp_script_url or values["fields"] == "none"
        values["dir"] = text_direction(view.locale)
        values["language"] = language_of(view.locale) or LOCALE_DEFAULT
        values["numbers"] = numbers_of(view.locale)
        values["config_json"] = None
        if view.config is not None:
            texts = page_texts(view.locale, without=_unneeded(values.get("fields"), view.choice))
            values["config_json"] = script_json({**view.config, "texts": texts})
        return self._environment.get_template(TEMPLATES[view.state]).render(values)


def card_fields(psp: Mapping[str, Any]) -> CardFields:
    """Where the card is typed: in three boxes of ours, in one that the PSP fills as a whole, or not on this page."""
    if psp["mode"] == "redirect":
        return "none"
    return "whole" if psp["provider"] == "adyen" else "each"


def _unneeded(fields: CardFields | None, choice: AmountChoice | None) -> tuple[str, ...]:
    """The beginnings of the texts that this page never shows: each is a part of what the customer waits for."""
    about_mode = _FIELDS_TEXTS if fields == "none" else _REDIRECT_TEXTS
    return about_mode if choice is not None else (*about_mode, "amount.")


def script_json(value: object) -> str:
    """Answers `value` as JSON that cannot end the script element it is written into."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@pass_context
def _translate_in_context(context: Context, key: str, **values: str) -> str:
    return translate(context["locale"], key, **values)


@pass_context
def _translate_with_time(context: Context, key: str, text: str, moment: datetime | None) -> str:
    """The text with `{when}` as a `time` element, which the browser puts into its own zone; `text` until then."""
    if moment is None:
        return translate(context["locale"], key, when=text)
    before, after = texts_for(context["locale"])[key].split("{when}")
    when = Markup('<bdi><time datetime="{}">{}</time></bdi>').format(moment.isoformat(), text)
    return escape(before) + when + escape(after)


def local_time(moment: datetime, locale: str) -> str:
    """Answers `moment` as `locale` writes it, in UTC and saying so; the browser then puts it in its own zone."""
    try:
        # Of English alone nobody knows whether it is American.
        known = Locale.parse("en-GB" if locale == "en" else locale, sep="-")
    except (UnknownLocaleError, ValueError):
        known = Locale.parse("en-GB", sep="-")
    date = format_date(moment, "long", locale=known)
    time = format_time(moment, "short", locale=known)
    text = str(known.datetime_formats["long"]).replace("{1}", date).replace("{0}", time)
    return local_digits(f"{text.replace(chr(39), '')} UTC", locale)
