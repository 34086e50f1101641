"""How one run of the simulator is set up."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from channels.simulator.messenger_options import MessengerOptions
from channels.simulator.networks.meta.accounts import MetaAccount


@dataclass(frozen=True, kw_only=True)
class Options:
    host: str
    port: int
    smtp_port: int
    data: Path
    public_url: str
    account_sid: str
    auth_token: str
    smtp_user: str | None = None
    smtp_password: str | None = None
    smtp_auth_required: bool = False
    # Where the merchant reads what customers answer; the login is the SMTP server's.
    imap_port: int | None = None
    # Mail to this address comes to the merchant's mailbox, whoever sends it.
    merchant_mail: str | None = None
    # Where Twilio would deliver the customer's SMS; None as for a number without a webhook.
    sms_inbound_url: str | None = None
    # The number a Messaging Service sends from. Twilio's own test number passes every check.
    sms_number: str = "+15005550006"
    sms_per_second_max: int = 100
    # WhatsApp, Messenger and Instagram, as far as they are set up.
    meta: tuple[MetaAccount, ...] = ()
    # Links elsewhere open only after a warning. Empty: no warning.
    link_origins: tuple[str, ...] = ()
    messengers: MessengerOptions = field(default_factory=MessengerOptions)

    # The chat widget that the shop's page embeds; without one there is no shop.
    webchat_script_url: str | None = None

    @property
    def certificate_path(self) -> Path:
        """The certificate that clients of the SMTP server may trust, beside the data file."""
        return self.data.with_name(f"{self.data.name}.smtp-ca.pem")

    @property
    def key_path(self) -> Path:
        return self.data.with_name(f"{self.data.name}.smtp-key.pem")
