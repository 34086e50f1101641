"""Logs: an event name and ids, one line each, masked, never a token and never personal data."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Final, Literal

import structlog

from compliance import masking

# A link's token in a path, and anything that looks like one of our secrets.
_SECRETS: Final = re.compile(
    r"(?P<path>/p/)[0-9A-Za-z]{16,}|(?P<bot>bot\d+:)[A-Za-z0-9_-]{8,}"
    r"|\b(?P<kind>sk|whsec|pk|ticket)(?P<mark>[_.])[A-Za-z0-9_-]{8,}"
)
# Whatever could start a new line or move the cursor in a terminal or a log viewer.
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

Entry = MutableMapping[str, Any]


def configure(log_format: Literal["console", "json"]) -> None:
    """Sends structlog and the standard library's loggers through one chain, to standard error."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        clean,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=True)
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processor=renderer)
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    # These write URLs, and URLs hold tokens; what matters of a request is logged by us.
    for name in (
        "httpx",
        "httpx2",
        "httpcore",
        "httpcore2",
        "stripe",
        "uvicorn.access",
        "uvicorn.error",
        "websockets",
        "alembic",
    ):
        logging.getLogger(name).setLevel(logging.WARNING)


def clean(_logger: Any, _method: str, entry: Entry) -> Entry:
    """A structlog processor: masks card-like numbers and secrets, and keeps each entry on its line."""
    for key, value in entry.items():
        entry[key] = clean_value(value, keep_lines=key == "exception")
    return entry


def clean_value(value: Any, *, keep_lines: bool = False) -> Any:
    """One value, masked and without control characters; a traceback keeps its line breaks."""
    if isinstance(value, str):
        text = _SECRETS.sub(_redact, masking.mask(value))
        return _CONTROLS.sub(lambda m: m[0] if keep_lines and m[0] == "\n" else "\ufffd", text)
    if isinstance(value, dict):
        return {clean_value(k): clean_value(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [clean_value(item) for item in value]
    if isinstance(value, int | float | bool) or value is None:
        return value
    return clean_value(str(value), keep_lines=keep_lines)


def _redact(match: re.Match[str]) -> str:
    if match["path"]:
        return f"{match['path']}[token]"
    if match["bot"]:
        return f"{match['bot']}[token]"
    return f"{match['kind']}{match['mark']}[redacted]"
