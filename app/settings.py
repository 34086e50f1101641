"""Settings: environment variables and a `.env` file, checked once at the start."""

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from app.anchors.settings import AnchorSettings
from app.host_origins import read_host_origin
from app.kms.settings import KmsSettings
from app.social_settings import SocialSettings
from app.sso_settings import SsoSettings
from core.errors import Kind, PaythreadError


class SettingsUnusable(PaythreadError):
    """A setting is missing or wrong; the sentence says which and how to mend it."""

    code = "settings_unusable"
    kind = Kind.UNAVAILABLE


class Settings(SsoSettings, KmsSettings, AnchorSettings, SocialSettings):
    """What an operator may set. In the environment: `PAYTHREAD_` and the field's name, or its alias."""

    model_config = SettingsConfigDict(
        env_prefix="PAYTHREAD_", env_file=".env", extra="ignore", populate_by_name=True
    )

    database_url: str | None = None
    redis_url: str | None = None
    data_dir: Path = Path(".paythread")
    base_url: str = "http://127.0.0.1:8000"
    pay_base_url: str | None = None
    master_key: str | None = Field(default=None, repr=False)
    master_key_file: Path | None = None
    log_format: Literal["console", "json"] = "console"
    # Further Host names that requests may carry, and networks whose X-Forwarded-* headers are believed.
    allowed_hosts: Annotated[list[str], NoDecode] = Field(default_factory=list)
    trusted_proxies: Annotated[list[str], NoDecode] = Field(default_factory=list)
    metrics_public: bool = False
    # How long a service that was told to stop serves on, for load balancers to notice.
    drain_seconds: int = Field(default=0, ge=0, le=300)
    # A folder with one file a setting, each named as its variable: Docker's, systemd's or Kubernetes' secrets.
    secrets_dir: Path | None = None
    # How often the pay page is looked at from outside; PCI DSS 11.6.1 wants once a week at least.
    page_check_hours: int = Field(default=24, ge=1, le=168)
    # Hosts (or host:port) that webhooks may go to although they are private or not https; for development.
    webhook_allowed_hosts: Annotated[list[str], NoDecode] = Field(default_factory=list)
    # Where customers can be played for training (the demo's simulator); the console's tour and preferences link to it.
    training_url: str | None = Field(default=None, pattern=r"^https?://[^\s\"'<>]+$")
    # Whom to tell of a weakness, at /.well-known/security.txt (RFC 9116); without it there is no such file.
    security_contact: str | None = Field(
        default=None, pattern=r"^(https://[^\s\"'<>]+|mailto:[^\s\"'<>@]+@[^\s\"'<>@]+)$"
    )
    # The origins whose pages may embed the panel; without any nobody may.
    embed_origins: Annotated[list[str], NoDecode] = Field(default_factory=list)

    stripe_secret_key: str | None = Field(None, validation_alias="STRIPE_SECRET_KEY", repr=False)
    stripe_publishable_key: str | None = Field(None, validation_alias="STRIPE_PUBLISHABLE_KEY")
    stripe_webhook_secret: str | None = Field(
        None, validation_alias="STRIPE_WEBHOOK_SECRET", repr=False
    )
    stripe_api_base: str | None = Field(None, validation_alias="STRIPE_API_BASE")
    stripe_js_url: str | None = Field(None, validation_alias="STRIPE_JS_URL")

    twilio_account_sid: str | None = Field(None, validation_alias="TWILIO_ACCOUNT_SID")
    twilio_auth_token: str | None = Field(None, validation_alias="TWILIO_AUTH_TOKEN", repr=False)
    twilio_from: str | None = Field(None, validation_alias="TWILIO_FROM")
    twilio_api_base: str | None = Field(None, validation_alias="TWILIO_API_BASE")

    smtp_host: str | None = Field(None, validation_alias="SMTP_HOST")
    smtp_port: int = Field(587, validation_alias="SMTP_PORT")
    smtp_username: str | None = Field(None, validation_alias="SMTP_USERNAME")
    smtp_password: str | None = Field(None, validation_alias="SMTP_PASSWORD", repr=False)
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", validation_alias="SMTP_SECURITY"
    )
    smtp_from: str | None = Field(None, validation_alias="SMTP_FROM")
    smtp_ca_file: str | None = Field(None, validation_alias="SMTP_CA_FILE")
    smtp_mailgun_signing_key: str | None = Field(
        None, validation_alias="SMTP_MAILGUN_SIGNING_KEY", repr=False
    )

    # Where answers and bounces come to.
    imap_host: str | None = Field(None, validation_alias="IMAP_HOST")
    imap_port: int = Field(993, validation_alias="IMAP_PORT", ge=1, le=65535)
    imap_security: Literal["tls", "none"] = Field("tls", validation_alias="IMAP_SECURITY")
    imap_username: str | None = Field(None, validation_alias="IMAP_USERNAME")
    imap_password: str | None = Field(None, validation_alias="IMAP_PASSWORD", repr=False)
    imap_folder: str = Field("INBOX", validation_alias="IMAP_FOLDER")
    imap_ca_file: str | None = Field(None, validation_alias="IMAP_CA_FILE")
    imap_authserv_id: str | None = Field(None, validation_alias="IMAP_AUTHSERV_ID")
    imap_poll_seconds: int = Field(20, validation_alias="IMAP_POLL_SECONDS", ge=1, le=3600)

    telegram_bot_token: str | None = Field(None, validation_alias="TELEGRAM_BOT_TOKEN", repr=False)
    telegram_webhook_secret: str | None = Field(
        None, validation_alias="TELEGRAM_WEBHOOK_SECRET", repr=False
    )
    telegram_from: str | None = Field(None, validation_alias="TELEGRAM_FROM")
    telegram_api_base: str | None = Field(None, validation_alias="TELEGRAM_API_BASE")

    chatbot_url: str | None = Field(None, validation_alias="CHATBOT_URL")
    chatbot_secret: str | None = Field(None, validation_alias="CHATBOT_SECRET", repr=False)

    vonage_application_id: str | None = Field(None, validation_alias="VONAGE_APPLICATION_ID")
    vonage_private_key: str | None = Field(None, validation_alias="VONAGE_PRIVATE_KEY", repr=False)
    vonage_signature_secret: str | None = Field(
        None, validation_alias="VONAGE_SIGNATURE_SECRET", repr=False
    )
    vonage_from: str | None = Field(None, validation_alias="VONAGE_FROM")
    vonage_api_base: str | None = Field(None, validation_alias="VONAGE_API_BASE")

    # The origins of the pages that embed the web chat; without any there is none.
    webchat_allowed_origins: Annotated[list[str], NoDecode] = Field(
        default_factory=list, validation_alias="WEBCHAT_ALLOWED_ORIGINS"
    )
    webchat_from: str = Field("Chat", validation_alias="WEBCHAT_FROM")

    @field_validator(
        "allowed_hosts",
        "trusted_proxies",
        "webhook_allowed_hosts",
        "embed_origins",
        "webchat_allowed_origins",
        mode="before",
    )
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @field_validator("embed_origins")
    @classmethod
    def _hosts_of_the_panel(cls, value: list[str]) -> list[str]:
        return [read_host_origin(origin) for origin in value]

    @field_validator("base_url", "pay_base_url")
    @classmethod
    def _origin(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
            raise ValueError("must be an origin, like https://pay.example.com")
        if parts.scheme == "http" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
            # PCI DSS 4.2.1: nothing of a payment travels in the clear.
            raise ValueError("must be https outside this machine")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _fit_each_other(self) -> Self:
        self.check_sso(secure=self.secure)
        self.check_kms()
        return self

    @property
    def database(self) -> str:
        """The database's URL; SQLite in the data folder unless one is set."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'paythread.sqlite').absolute()}"

    @property
    def pay_url(self) -> str:
        """Where customers open links: the service's own address unless one is set."""
        return self.pay_base_url or self.base_url

    @property
    def origins(self) -> frozenset[str]:
        """The origins of our own console."""
        return frozenset({self.base_url})

    @property
    def hosts(self) -> frozenset[str]:
        """The Host headers that are answered."""
        own = {urlsplit(url).netloc for url in (self.base_url, self.pay_url)}
        return frozenset(own | set(self.allowed_hosts))

    @property
    def secure(self) -> bool:
        """Whether the console is served by https."""
        return self.base_url.startswith("https://")


def load_settings() -> Settings:
    """The settings of this process. Raises `SettingsUnusable`, naming each wrong variable and never its value."""
    try:
        settings = Settings()
        if settings.secrets_dir is None:
            return settings
        if not settings.secrets_dir.is_dir():
            raise SettingsUnusable("PAYTHREAD_SECRETS_DIR is no folder that can be read.")
        return Settings(_secrets_dir=settings.secrets_dir)
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}"
            for problem in error.errors()
        )
        raise SettingsUnusable(f"Settings are wrong: {wrong}") from None
