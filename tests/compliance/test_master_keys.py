"""The master keys: the first one wraps, the others open, and a list that is spoilt changes nothing."""

import pytest

from compliance.master_keys import KEYS_MAX, MasterKey, MasterKeys, MasterKeyUnusable, keys_in

OLD, NEW = "ab" * 32, "cd" * 32


class Source:
    """A text that is told once after each change."""

    def __init__(self) -> None:
        self.news: list[str] = []

    def __call__(self) -> str | None:
        return self.news.pop(0) if self.news else None


def id_of(text: str) -> str:
    return MasterKey.from_text(text).id


@pytest.mark.parametrize("between", [",", "\n", " , ", "\r\n\n"])
def test_a_list_is_read_whatever_stands_between(between: str) -> None:
    assert [id_of(NEW), id_of(OLD)] == [key.id for key in keys_in(f"{NEW}{between}{OLD}{between}")]


def test_the_same_key_twice_is_one() -> None:
    assert 1 == len(keys_in(f"{OLD},{OLD}"))


@pytest.mark.parametrize(
    "text", ["", " , ", "short", f"{OLD},short", ",".join([OLD] * (KEYS_MAX + 1))]
)
def test_a_list_of_another_shape_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(MasterKeyUnusable) as refused:
        keys_in(text)
    assert OLD not in str(refused.value)


def test_a_fresh_key_has_the_right_form_and_is_no_other() -> None:
    first, second = MasterKey.generate_text(), MasterKey.generate_text()
    assert id_of(first) != id_of(second)


def test_a_key_shows_its_secret_in_no_message() -> None:
    assert "ab" * 8 not in repr(MasterKey.from_text(OLD))


def test_the_first_wraps_and_each_is_found_by_its_id() -> None:
    masters = MasterKeys.from_text(f"{NEW},{OLD}")
    assert id_of(NEW) == masters.current.id
    assert id_of(OLD) == masters.of(id_of(OLD)).id
    with pytest.raises(MasterKeyUnusable):
        masters.of(id_of("ef" * 32))


def test_news_are_heard_before_wrapping_and_where_a_key_is_not_known() -> None:
    source = Source()
    masters = MasterKeys.from_text(OLD, reread=source)
    source.news.append(f"{NEW}\n{OLD}")
    assert id_of(NEW) == masters.current.id
    source.news.append(f"{'ef' * 32}\n{NEW}")
    assert id_of("ef" * 32) == masters.of(id_of("ef" * 32)).id


def test_news_that_are_spoilt_change_nothing() -> None:
    source = Source()
    masters = MasterKeys.from_text(OLD, reread=source)
    source.news.append("half a key")
    assert id_of(OLD) == masters.current.id
