"""What the far end of Meta's networks takes for an object or a text: `channels.simulator.networks.meta.bodies`."""

import pytest

from channels.simulator.networks.meta.bodies import object_in, text_in
from channels.simulator.networks.meta.refusals import MetaRefused


def test_what_is_there_is_read() -> None:
    assert object_in({"to": {"id": "1"}}, "to") == {"id": "1"}
    assert text_in({"text": "Hello"}, "text") == "Hello"
    assert text_in({"text": "half \ud83d"}, "text") == "half ?"


@pytest.mark.parametrize("value", [None, 1, ["a"], "a"])
def test_what_is_no_object_is_refused(value: object) -> None:
    with pytest.raises(MetaRefused):
        object_in({"to": value}, "to")


@pytest.mark.parametrize("value", [None, 1, {"a": 1}, "a\x00b"])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(MetaRefused):
        text_in({"text": value}, "text")
