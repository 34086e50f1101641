"""The providers in use: one for each account, kept open, made anew when the account's settings change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from channels.accounts import ChannelAccount, config_of
from channels.port import AccountConfigInvalid, Factory, Provider
from compliance.vault import Vault
from core.database import Session

_KEPT_MAX: Final = 1000


class ProviderPool:
    """`factories` is the table of adapters by provider name: `{"smtp": SmtpProvider.from_config, …}`."""

    def __init__(self, factories: Mapping[str, Factory], vault: Vault) -> None:
        self._factories = factories
        self._vault = vault
        self._open: dict[str, tuple[datetime, Provider]] = {}
        self._replaced: list[Provider] = []

    async def of(self, session: Session, account: ChannelAccount) -> Provider:
        """The account's provider. Raises `AccountConfigInvalid`."""
        kept = self._open.get(account.id)
        if kept is not None and kept[0] == account.updated_at:
            return kept[1]
        factory = self._factories.get(account.provider)
        if factory is None:
            raise AccountConfigInvalid(f"There is no provider called {account.provider}.")
        provider = factory(await config_of(session, self._vault, account))
        # Somebody may be in the middle of a call on the old one, so it is closed at the end.
        if kept is not None:
            self._replaced.append(kept[1])
        if len(self._open) >= _KEPT_MAX:
            self._replaced.append(self._open.pop(next(iter(self._open)))[1])
        self._open[account.id] = (account.updated_at, provider)
        return provider

    async def close(self) -> None:
        """Closes every provider. The pool may not be used afterwards."""
        opened = [provider for _, provider in self._open.values()]
        self._open.clear()
        for provider in [*opened, *self._replaced]:
            await provider.close()
        self._replaced.clear()
