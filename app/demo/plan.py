"""Where the demo's processes listen, and with what settings each is started. No I/O.

The demo keeps everything in its data folder. `PAYTHREAD_DEMO_DATABASE_URL` puts the service's state into another
database instead, a PostgreSQL, so that the same demo can be walked on both. It is read by `paythread demo` alone, and
is none of the settings of a real installation: `PAYTHREAD_DATABASE_URL` never reaches the demo.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.demo.messengers import (
    messenger_arguments,
    messenger_environment,
    messenger_settings,
)
from app.demo.secrets import DemoSecrets
from app.demo.seed import MERCHANT, PEOPLE, Seeded
from app.demo.social import CHANNELS, social_arguments, social_environment, social_values
from app.settings import Settings

SMS_NUMBER = "+15005550006"
MAIL_FROM = "payments@acme-utilities.example"
# The name that the simulated receiving server vouches under (`channels.simulator.networks.email.mailbox`).
AUTHSERV_ID = "mx.simulator.example"
DATABASE_VARIABLE = "PAYTHREAD_DEMO_DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Child:
    """One process of the demo: how it is started, and the address that tells when it answers."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]
    health_url: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Ports count up from the service's own. `other_database` is what `DATABASE_VARIABLE` says, if anything."""

    folder: Path
    port: int
    other_database: str | None = None

    @property
    def service_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sandbox_url(self) -> str:
        # Another registrable domain than the service's: the PSP's frames must be foreign to the pay page.
        return f"http://localhost:{self.port + 1}"

    @property
    def simulator_url(self) -> str:
        return f"http://localhost:{self.port + 2}"

    @property
    def smtp_port(self) -> int:
        return self.port + 3

    @property
    def imap_port(self) -> int:
        return self.port + 4

    @property
    def mail_ca_file(self) -> Path:
        return self.folder / "simulator.sqlite.smtp-ca.pem"

    def settings(self, secrets: DemoSecrets) -> Settings:
        """The service's settings, whatever the environment says: the demo never touches a real account."""
        values = {
            # By the alias: a variable of that name in the environment must not win.
            name.upper() if _is_aliased(name) else name: value
            for name, value in self._values(secrets).items()
        }
        return Settings(_env_file=None, **values)

    def environment(self, secrets: DemoSecrets) -> dict[str, str]:
        """The same settings as environment variables, for the service's process."""
        return {
            name.upper() if _is_aliased(name) else f"PAYTHREAD_{name.upper()}": str(value)
            for name, value in self._values(secrets).items()
        }

    def _values(self, secrets: DemoSecrets) -> dict[str, Any]:
        return {
            "database_url": self.other_database
            or f"sqlite:///{(self.folder / 'paythread.sqlite').absolute()}",
            "data_dir": str(self.folder.absolute()),
            "base_url": self.service_url,
            "pay_base_url": self.service_url,
            "master_key": secrets.master_key,
            "stripe_secret_key": secrets.stripe_secret_key,
            "stripe_publishable_key": secrets.stripe_publishable_key,
            "stripe_webhook_secret": secrets.stripe_webhook_secret,
            "stripe_api_base": f"http://127.0.0.1:{self.port + 1}",
            "stripe_js_url": f"{self.sandbox_url}/v3/",
            "twilio_account_sid": secrets.twilio_account_sid,
            "twilio_auth_token": secrets.twilio_auth_token,
            "twilio_from": SMS_NUMBER,
            "twilio_api_base": f"http://127.0.0.1:{self.port + 2}",
            "smtp_host": "127.0.0.1",
            "smtp_port": self.smtp_port,
            "smtp_username": secrets.smtp_username,
            "smtp_password": secrets.smtp_password,
            "smtp_security": "starttls",
            "smtp_from": MAIL_FROM,
            "smtp_ca_file": str(self.mail_ca_file.absolute()),
            "imap_host": "127.0.0.1",
            "imap_port": self.imap_port,
            "imap_username": secrets.smtp_username,
            "imap_password": secrets.smtp_password,
            "imap_ca_file": str(self.mail_ca_file.absolute()),
            "imap_authserv_id": AUTHSERV_ID,
            "imap_poll_seconds": 2,
            **social_values(
                secrets, pay_url=self.service_url, api_url=f"http://127.0.0.1:{self.port + 2}"
            ),
            **messenger_settings(secrets.messengers, simulator=f"http://127.0.0.1:{self.port + 2}"),
            "webchat_allowed_origins": self.simulator_url,
            "webchat_from": MERCHANT,
            "training_url": self.simulator_url,
            # A page there may stand for a CRM's.
            "embed_origins": self.simulator_url,
            # Whoever tries webhooks out has a receiver on this machine.
            "webhook_allowed_hosts": "127.0.0.1,localhost",
        }

    def sandbox(self, secrets: DemoSecrets, psp_account: str, merchant_name: str) -> Child:
        """The PSP's process."""
        return Child(
            "sandbox PSP",
            (
                *(sys.executable, "-m", "payments.sandbox"),
                *("--port", str(self.port + 1)),
                *("--data", str(self.folder / "sandbox.sqlite")),
                *("--public-url", self.sandbox_url),
                *("--merchant", merchant_name),
                *("--webhook-url", f"{self.service_url}/webhooks/psp/{psp_account}"),
            ),
            {
                "SANDBOX_SECRET_KEY": secrets.stripe_secret_key,
                "SANDBOX_PUBLISHABLE_KEY": secrets.stripe_publishable_key,
                "SANDBOX_WEBHOOK_SECRET": secrets.stripe_webhook_secret,
            },
            f"http://127.0.0.1:{self.port + 1}/healthz",
        )

    def simulator(self, secrets: DemoSecrets, accounts: Mapping[str, str]) -> Child:
        """The customer's phone and mailbox. `accounts` has the id of each provider's account."""
        callbacks = {
            provider: f"{self.service_url}/webhooks/channels/{account}"
            for provider, account in accounts.items()
        }
        return Child(
            "phone and mailbox",
            (
                *(sys.executable, "-m", "channels.simulator"),
                *("--port", str(self.port + 2)),
                *("--smtp-port", str(self.smtp_port)),
                *("--imap-port", str(self.imap_port)),
                *("--merchant-mail", MAIL_FROM),
                *("--data", str(self.folder / "simulator.sqlite")),
                *("--public-url", self.simulator_url),
                *("--twilio-account-sid", secrets.twilio_account_sid),
                *("--sms-inbound-url", callbacks["twilio"]),
                *messenger_arguments(callbacks),
                *("--allowed-link-origin", self.service_url),
                *social_arguments(
                    accounts,
                    pay_url=self.service_url,
                    webhooks_url=f"{self.service_url}/webhooks/channels",
                    name=MERCHANT,
                ),
                *(
                    "--webchat-script-url",
                    f"{self.service_url}/chat/{accounts['webchat']}/widget.js",
                ),
            ),
            {
                "SIMULATOR_TWILIO_AUTH_TOKEN": secrets.twilio_auth_token,
                "SIMULATOR_SMTP_USER": secrets.smtp_username,
                "SIMULATOR_SMTP_PASSWORD": secrets.smtp_password,
                **social_environment(secrets),
                **messenger_environment(secrets.messengers),
            },
            f"http://127.0.0.1:{self.port + 2}/healthz",
        )

    def service(self, secrets: DemoSecrets) -> Child:
        """Paythread itself, as in production, with its worker."""
        return Child(
            "service",
            (*(sys.executable, "-m", "app.cli", "serve"), "--port", str(self.port)),
            self.environment(secrets),
            f"{self.service_url}/readyz",
        )

    def description(self, secrets: DemoSecrets, seeded: Seeded) -> dict[str, Any]:
        """`demo.json` of the contract."""
        return {
            "service_url": self.service_url,
            "pay_url": self.service_url,
            "sandbox_url": self.sandbox_url,
            "simulator_url": self.simulator_url,
            "smtp": f"127.0.0.1:{self.smtp_port}",
            "imap": f"127.0.0.1:{self.imap_port}",
            "merchant": seeded.merchant,
            "api_key": secrets.api_key,
            "users": [
                {
                    "role": person.role.value,
                    "email": person.email,
                    "password": secrets.passwords[person.email],
                    "name": person.name,
                }
                for person in PEOPLE
            ],
            "psp_webhook_url": f"{self.service_url}/webhooks/psp/{seeded.psp_account}",
            "psp_webhook_secret": secrets.stripe_webhook_secret,
        }


def _is_aliased(name: str) -> bool:
    """Whether a setting is named in the environment without our prefix."""
    own = (f"{channel}_" for channel in CHANNELS)
    others = ("telegram_", "chatbot_", "vonage_", "webchat_")
    return name.startswith(("stripe_", "twilio_", "smtp_", "imap_", *others, *own))
