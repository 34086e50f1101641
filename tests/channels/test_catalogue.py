"""The channels there are."""

import pytest

from channels.catalogue import CHANNELS, AddressKind, channel_of
from core.errors import InvalidField


def test_each_channel_reaches_addresses_of_one_kind() -> None:
    assert {name: channel.address for name, channel in CHANNELS.items()} == {
        "sms": AddressKind.PHONE,
        "email": AddressKind.EMAIL,
        "whatsapp": AddressKind.PHONE,
        "messenger": AddressKind.MESSENGER,
        "instagram": AddressKind.INSTAGRAM,
        "telegram": AddressKind.TELEGRAM,
        "webchat": AddressKind.WEBCHAT,
        "chatbot": AddressKind.CHATBOT,
    }


def test_what_a_network_alone_gives_out_is_a_handle() -> None:
    assert [kind.value for kind in AddressKind if not kind.is_handle] == ["phone", "email"]


def test_an_unknown_channel_is_refused_at_its_pointer() -> None:
    assert channel_of("sms", pointer="/channel") is CHANNELS["sms"]
    with pytest.raises(InvalidField) as caught:
        channel_of("pigeon", pointer="/send/0/channel")
    assert [field.pointer for field in caught.value.fields] == ["/send/0/channel"]
    assert "pigeon" not in caught.value.detail
