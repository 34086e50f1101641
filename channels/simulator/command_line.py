"""Reads the command line and the secrets from the environment."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from channels.simulator import messenger_options
from channels.simulator.addresses import is_e164
from channels.simulator.networks.meta.accounts import add_meta_options, meta_accounts
from channels.simulator.options import Options

_ACCOUNT_SID = re.compile(r"AC[0-9a-f]{32}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the simulator until it is told to stop; the answer is the exit status."""
    from channels.simulator.process import run

    options = read_options(sys.argv[1:] if arguments is None else arguments, os.environ)
    logging.basicConfig(
        level=logging.INFO,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    # These log addresses, subjects and request lines; ours log ids.
    for name in ("mail.log", "httpx2", "uvicorn.access"):
        logging.getLogger(name).setLevel(logging.ERROR)
    watch_parent = os.environ.get("PAYTHREAD_PARENT_WATCH") == "1"
    try:
        asyncio.run(run(options, watch_parent=watch_parent))
    except OSError as error:
        # A port that is taken, a folder that cannot be written.
        print(f"The simulator cannot start: {error}", file=sys.stderr)
        return 1
    return 0


def read_options(arguments: Sequence[str], environment: Mapping[str, str]) -> Options:
    """The options, or an exit with status 2 that says which one is wrong."""
    parser = _parser()
    given = parser.parse_args(arguments)
    token = environment.get("SIMULATOR_TWILIO_AUTH_TOKEN", "")
    if not token:
        parser.error(
            "SIMULATOR_TWILIO_AUTH_TOKEN is not set: no call is answered or signed without it"
        )
    user = environment.get("SIMULATOR_SMTP_USER") or None
    password = environment.get("SIMULATOR_SMTP_PASSWORD") or None
    if (user is None) != (password is None):
        parser.error("set both SIMULATOR_SMTP_USER and SIMULATOR_SMTP_PASSWORD, or neither")
    if given.smtp_auth_required and user is None:
        parser.error("--smtp-auth-required needs SIMULATOR_SMTP_USER and SIMULATOR_SMTP_PASSWORD")
    if given.imap_port is not None and user is None:
        parser.error("--imap-port needs SIMULATOR_SMTP_USER and SIMULATOR_SMTP_PASSWORD")
    return Options(
        host=given.host,
        port=given.port,
        smtp_port=given.smtp_port,
        data=given.data,
        public_url=given.public_url or f"http://localhost:{given.port}",
        account_sid=given.twilio_account_sid,
        auth_token=token,
        smtp_user=user,
        smtp_password=password,
        smtp_auth_required=given.smtp_auth_required,
        imap_port=given.imap_port,
        merchant_mail=given.merchant_mail,
        sms_inbound_url=given.sms_inbound_url,
        sms_number=given.sms_number,
        sms_per_second_max=given.sms_per_second_max,
        link_origins=tuple(given.allowed_link_origin),
        meta=meta_accounts(given, environment, parser.error),
        messengers=messenger_options.read(given, environment),
        webchat_script_url=given.webchat_script_url,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m channels.simulator",
        description="The customer's phone and mailbox, simulated.",
    )
    add = parser.add_argument
    add("--port", type=_port, required=True, help="for the page, the control API and Twilio's API")
    add("--smtp-port", type=_port, required=True)
    add(
        "--data", type=Path, required=True, metavar="FILE", help="SQLite file that holds everything"
    )
    add("--host", default="127.0.0.1")
    add("--public-url", type=_url, help="where browsers find the page (http://localhost:PORT)")
    add("--twilio-account-sid", type=_account_sid, required=True, metavar="AC…")
    add("--sms-inbound-url", type=_url, help="the merchant's webhook for incoming SMS")
    add(
        "--sms-number",
        type=_number,
        default=Options.sms_number,
        help="a Messaging Service's sender",
    )
    add("--sms-per-second-max", type=int, default=Options.sms_per_second_max)
    add("--smtp-auth-required", action="store_true")
    add("--imap-port", type=_port, help="the merchant's mailbox, with the SMTP server's login")
    add("--merchant-mail", metavar="ADDRESS", help="mail to it comes to the merchant's mailbox")
    add(
        "--allowed-link-origin",
        type=_url,
        action="append",
        default=[],
        help="links elsewhere open after a warning; repeatable",
    )
    add_meta_options(parser)
    messenger_options.add_arguments(parser, url=_url, number=_number)
    add("--webchat-script-url", type=_url, help="the chat widget that /shop embeds")
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise ValueError(port)
    return port


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise argparse.ArgumentTypeError("must be an http or https URL")
    return text.rstrip("/") if parts.path in {"", "/"} else text


def _account_sid(text: str) -> str:
    if _ACCOUNT_SID.fullmatch(text) is None:
        raise argparse.ArgumentTypeError("must be AC and 32 hexadecimal digits")
    return text


def _number(text: str) -> str:
    if not is_e164(text):
        raise argparse.ArgumentTypeError("must be a number like +447700900123")
    return text
