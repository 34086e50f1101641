"""Provider settings: strict, and silent about what they hold."""

import pytest

from channels.port import AccountConfigInvalid
from channels.providers.config import ProviderConfig, read_config


class Settings(ProviderConfig):
    token: str
    port: int = 1


def test_settings_are_read_strictly() -> None:
    assert read_config(Settings, {"token": "abc", "port": 2}).port == 2
    for wrong in ({}, {"token": 1}, {"token": "abc", "port": "2"}, {"token": "abc", "x": 1}):
        with pytest.raises(AccountConfigInvalid):
            read_config(Settings, wrong)


def test_what_is_wrong_is_named_and_no_value_shown() -> None:
    with pytest.raises(AccountConfigInvalid) as caught:
        read_config(Settings, {"token": "hunter2", "port": "hunter2"})
    assert "port" in caught.value.detail
    assert "hunter2" not in caught.value.detail
    assert "hunter2" not in repr(read_config(Settings, {"token": "hunter2"}))
