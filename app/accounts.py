"""Sets up the first merchant's PSP and channel accounts from the environment, at every start."""

from datetime import datetime
from typing import Any

import structlog

from app.messenger_accounts import messenger_configs
from app.settings import Settings
from app.social_accounts import social_configs
from channels.accounts import ensure_account
from compliance import retention
from compliance.journal import anchor_rounds
from compliance.merchants import list_merchants
from compliance.vault import Vault
from core.database import Database, Session
from links.floor import alerts
from links.watch import monitor
from payments import reconciliation_rounds
from payments.accounts import first_account, save_account

log = structlog.get_logger()


async def set_up_accounts(
    database: Database, vault: Vault, settings: Settings, *, now: datetime
) -> None:
    """Does nothing for what is not set, or while there is no merchant. Running it again changes nothing else."""
    async with database.snapshot() as session:
        merchants = await list_merchants(session)
    if not merchants:
        return
    merchant = merchants[0].id
    async with database.transaction() as session:
        await _stripe(session, vault, merchant, settings, now=now)
        for position, (channel, provider, config) in enumerate(channel_configs(settings)):
            account = await ensure_account(
                session,
                vault,
                merchant=merchant,
                channel=channel,
                provider=provider,
                config=config,
                priority=position,
                now=now,
            )
            log.info("channel.account_set_up", channel=channel, account=account.id)
        await reconciliation_rounds.plan_all(session, now=now)
        await monitor.plan(session, now=now)
        await alerts.plan(session, now=now)
        await retention.plan(session, now=now)
        if settings.anchor_destinations:
            await anchor_rounds.plan(session, now=now)


def stripe_config(settings: Settings) -> dict[str, Any] | None:
    """The Stripe account that the environment describes, or None when it is not complete."""
    if not (
        settings.stripe_secret_key
        and settings.stripe_publishable_key
        and settings.stripe_webhook_secret
    ):
        return None
    return {
        "secret_key": settings.stripe_secret_key,
        "publishable_key": settings.stripe_publishable_key,
        "webhook_secret": settings.stripe_webhook_secret,
        "api_base": settings.stripe_api_base,
        "js_url": settings.stripe_js_url,
    }


def channel_configs(settings: Settings) -> list[tuple[str, str, dict[str, Any]]]:
    """The channel accounts that the environment describes, the first of a channel to be used first.

    Each is (channel, provider, configuration).
    """
    found: list[tuple[str, str, dict[str, Any]]] = []
    if settings.twilio_account_sid and settings.twilio_auth_token and settings.twilio_from:
        config = {
            "account_sid": settings.twilio_account_sid,
            "auth_token": settings.twilio_auth_token,
            "from": settings.twilio_from,
        }
        if settings.twilio_api_base:
            config["base_url"] = settings.twilio_api_base
        found.append(("sms", "twilio", config))
    if settings.smtp_host and settings.smtp_from:
        smtp: dict[str, Any] = {
            "host": settings.smtp_host,
            "port": settings.smtp_port,
            "security": settings.smtp_security,
            "from": settings.smtp_from,
        }
        optional = {
            "username": settings.smtp_username,
            "password": settings.smtp_password,
            "ca_file": settings.smtp_ca_file,
            "mailgun_signing_key": settings.smtp_mailgun_signing_key,
        }
        smtp |= {name: value for name, value in optional.items() if value}
        mailbox = _mailbox_config(settings)
        if mailbox is not None:
            smtp["imap"] = mailbox
        found.append(("email", "smtp", smtp))
    if settings.webchat_allowed_origins:
        chat = {"from": settings.webchat_from, "allowed_origins": settings.webchat_allowed_origins}
        found.append(("webchat", "webchat", chat))
    return [*found, *social_configs(settings), *messenger_configs(settings)]


def _mailbox_config(settings: Settings) -> dict[str, Any] | None:
    """The mailbox that the answers come to, or None when it is not complete."""
    if not (settings.imap_host and settings.imap_username and settings.imap_password):
        return None
    optional = {"ca_file": settings.imap_ca_file, "authserv_id": settings.imap_authserv_id}
    return {
        "host": settings.imap_host,
        "port": settings.imap_port,
        "security": settings.imap_security,
        "username": settings.imap_username,
        "password": settings.imap_password,
        "folder": settings.imap_folder,
        "poll_seconds": settings.imap_poll_seconds,
    } | {name: value for name, value in optional.items() if value}


async def _stripe(
    session: Session, vault: Vault, merchant: str, settings: Settings, *, now: datetime
) -> None:
    config = stripe_config(settings)
    if config is None:
        return
    known = await first_account(session, merchant, "stripe")
    account = await save_account(
        session,
        vault,
        merchant=merchant,
        provider="stripe",
        config=config,
        now=now,
        account_id=known,
    )
    log.info("stripe.account_set_up", account=account)
