"""The providers in use: one for each account, kept open, made anew when the account's settings change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from channels.accounts import ChannelAccount, config_of
from channels.port import AccountConfigInvalid, Factory, Provider
from compliance.vault import Vault
from core.database import Session

_KEPT_MAX: Final = 1000


@dataclass(frozen=True, slots=True)
class _Opened:
    updated_at: datetime
    provider: Provider
    per_second: int | None


class ProviderPool:
    """`factories` is the table of adapters by provider name: `{"smtp": SmtpProvider.from_config, …}`."""

    def __init__(self, factories: Mapping[str, Factory], vault: Vault) -> None:
        self._factories = factories
        self._vault = vault
        self._open: dict[str, _Opened] = {}
        self._replaced: list[Provider] = []

    async def of(self, session: Session, account: ChannelAccount) -> Provider:
        """The account's provider. Raises `AccountConfigInvalid`."""
        return (await self._opened(session, account)).provider

    async def pace_of(self, session: Session, account: ChannelAccount) -> int | None:
        """How many messages a second the account may send; None where nobody set a limit."""
        return (await self._opened(session, account)).per_second

    async def _opened(self, session: Session, account: ChannelAccount) -> "_Opened":
        kept = self._open.get(account.id)
        if kept is not None and kept.updated_at == account.updated_at:
            return kept
        factory = self._factories.get(account.provider)
        if factory is None:
            raise AccountConfigInvalid(f"There is no provider called {account.provider}.")
        config = await config_of(session, self._vault, account)
        opened = _Opened(account.updated_at, factory(config), config.get("messages_per_second"))
        # Somebody may be in the middle of a call on the old one, so it is closed at the end.
        if kept is not None:
            self._replaced.append(kept.provider)
        if len(self._open) >= _KEPT_MAX:
            self._replaced.append(self._open.pop(next(iter(self._open))).provider)
        self._open[account.id] = opened
        return opened

    async def close(self) -> None:
        """Closes every provider. The pool may not be used afterwards."""
        opened = [each.provider for each in self._open.values()]
        self._open.clear()
        for provider in [*opened, *self._replaced]:
            await provider.close()
        self._replaced.clear()
