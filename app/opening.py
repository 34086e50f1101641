"""The vault and the database of an installation, without the rest of the house: enough for most commands."""

from app.master_key_source import master_keys
from app.settings import Settings
from channels.conversation_owners import attributed
from compliance.journal import Journal
from compliance.vault import Vault
from core.database import Database
from links.projection import project


def open_vault(settings: Settings) -> Vault:
    """The vault under the master keys. Raises `SettingsUnusable`, `MasterKeyUnusable`, `KmsUnusable`."""
    return Vault(master_keys(settings))


def open_database(settings: Settings, vault: Vault) -> tuple[Database, Journal]:
    """The database with its journal hooked in: whatever is staged is written at commit."""
    if settings.database.startswith("sqlite"):
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database)
    journal = Journal(vault)
    journal.projections.append(project)
    journal.attributions.append(attributed)
    database.before_commit.append(journal.flush)
    return database, journal
