"""The table of a merchant's own words."""

from channels.message_templates import message_templates


def test_there_is_one_text_for_each_purpose_channel_and_language() -> None:
    key = [column.name for column in message_templates.primary_key]
    assert key == ["merchant", "purpose", "channel", "locale"]
