"""All tables, for the templates that the tests' databases are copied from."""

import importlib
import importlib.util

import sqlalchemy as sa

from core.database import metadata

_GROUND = (
    "core.idempotency",
    "core.work",
    "compliance.api_keys",
    "compliance.journal",
    "compliance.merchant_settings",
    "compliance.merchants",
    "compliance.sessions",
    "compliance.users",
    "compliance.vault",
)


def all_tables() -> sa.MetaData:
    """The metadata with every room's tables, which `app.tables` imports."""
    names = ("app.tables",) if importlib.util.find_spec("app.tables") else _GROUND
    for name in names:
        importlib.import_module(name)
    return metadata
