"""The channels there are."""

import pytest

from channels.catalogue import CHANNELS, AddressKind, channel_of
from core.errors import InvalidField


def test_sms_reaches_phones_and_email_reaches_mailboxes() -> None:
    assert {name: channel.address for name, channel in CHANNELS.items()} == {
        "sms": AddressKind.PHONE,
        "email": AddressKind.EMAIL,
    }


def test_an_unknown_channel_is_refused_at_its_pointer() -> None:
    assert channel_of("sms", pointer="/channel") is CHANNELS["sms"]
    with pytest.raises(InvalidField) as caught:
        channel_of("pigeon", pointer="/send/0/channel")
    assert [field.pointer for field in caught.value.fields] == ["/send/0/channel"]
    assert "pigeon" not in caught.value.detail
