"""An Adyen account as an operator sets it up, and what follows from that for the customer's page.

Hosts and versions: https://docs.adyen.com/online-payments/build-your-integration/advanced-flow,
https://docs.adyen.com/development-resources/live-endpoints
"""

import base64
import hmac
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from payments.errors import WebhookForged
from payments.gateway import PagePsp
from payments.gateways.adyen_notifications import read_keys

_WEB_VERSION: Final = "6.33.0"

_Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
_Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s@#]+$", max_length=2000)]
Environment = Literal["test", "live", "live-us", "live-au", "live-apse", "live-in", "live-nea"]


class AdyenAccount(BaseModel):
    """`{"api_key", "client_key", "merchant_account", "hmac_key", "environment"?, "live_prefix"?, …}`.

    `hmac_key` takes several keys with commas while one is replaced. `webhook_user` and `webhook_password` are the basic
    authentication of the webhook; `three_ds` says whether the bank's question is shown in the page (`native`) or on
    Adyen's own (`redirect`); `report_url` is where the settlement details report is downloaded, with `{date}` in it
    where there is a file a day; `api_base`, `js_url`, `css_url` lead to a simulated far end.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    api_key: _Text = Field(repr=False)
    client_key: _Text
    merchant_account: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,80}$")]
    hmac_key: _Text = Field(repr=False)
    environment: Environment = "test"
    live_prefix: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,80}$")] | None = None
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = "GB"
    three_ds: Literal["native", "redirect"] = "native"
    webhook_user: _Text | None = Field(default=None, repr=False)
    webhook_password: _Text | None = Field(default=None, repr=False)
    report_url: _Url | None = None
    report_user: _Text | None = Field(default=None, repr=False)
    report_password: _Text | None = Field(default=None, repr=False)
    api_base: _Url | None = None
    js_url: _Url | None = None
    css_url: _Url | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.webhook_user is None) != (self.webhook_password is None):
            raise ValueError("give both webhook_user and webhook_password, or neither")
        if self.environment != "test" and self.live_prefix is None and self.api_base is None:
            raise ValueError("a live account needs its live_prefix")
        read_keys(self.hmac_key)
        return self

    @property
    def platform(self) -> str:
        """As the SDK names it."""
        return "test" if self.environment == "test" else "live"

    def page(self) -> PagePsp:
        """What the customer's page needs to mount the component."""
        host = "test" if self.environment == "test" else "live"
        cdn = f"https://checkoutshopper-{host}.cdn.adyen.com/checkoutshopper/sdk/{_WEB_VERSION}"
        script = self.js_url or f"{cdn}/adyen.js"
        origins = _origins(script, self.environment)
        return PagePsp(
            provider="adyen",
            publishable_key=self.client_key,
            script_url=script,
            origins=origins,
            config={
                "environment": self.environment,
                "country": self.country,
                "style_url": self.css_url or f"{cdn}/adyen.css",
                "three_ds": self.three_ds,
            },
            styled=True,
            bank_origins=self._banks(origins),
        )

    def _banks(self, origins: tuple[str, ...]) -> tuple[str, ...]:
        """A bank's question asked in the page comes from the bank's own host, and these cannot be listed."""
        return ("https:",) if self.three_ds == "native" and self.js_url is None else origins

    def check_sender(self, authorization: str | None) -> None:
        """The basic authentication of a webhook, where one was set up. Raises `WebhookForged`."""
        if self.webhook_user is None:
            return
        pair = f"{self.webhook_user}:{self.webhook_password}".encode()
        expected = b"Basic " + base64.b64encode(pair)
        if not hmac.compare_digest(expected, (authorization or "").encode("utf-8", "replace")):
            raise WebhookForged("The sender did not say who it is.")


def read_account(config: Mapping[str, Any]) -> AdyenAccount:
    """The account of a configuration. Raises pydantic's `ValidationError`."""
    return AdyenAccount.model_validate(dict(config))


def _origins(script: str, environment: Environment) -> tuple[str, ...]:
    """The origins that the customer's page may talk to and frame."""
    parts = urlsplit(script)
    own = f"{parts.scheme}://{parts.netloc}"
    if not (parts.hostname or "").endswith(".adyen.com"):
        return (own,)
    return (
        own,
        f"https://checkoutshopper-{environment}.adyen.com",
        f"https://checkoutanalytics-{environment}.adyen.com",
    )
