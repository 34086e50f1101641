"""Where the master keys come from: no default, a file that is heard of when it changes, never half written."""

import os
from pathlib import Path

import pytest

from app.kms.opening import Opener
from app.master_key_source import master_keys, put_first
from app.settings import Settings, SettingsUnusable
from compliance.master_keys import MasterKey, MasterKeyUnusable

OLD, NEW = "ab" * 32, "cd" * 32
PLAIN = Opener(None)


def make(**values: object) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


def id_of(text: str) -> str:
    return MasterKey.from_text(text).id


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "key"
    file.write_text(OLD + "\n")
    file.chmod(0o600)
    return file


def test_without_a_master_key_nothing_starts() -> None:
    with pytest.raises(SettingsUnusable, match="PAYTHREAD_MASTER_KEY"):
        master_keys(make())


def test_one_may_come_from_the_environment_with_earlier_ones_behind_it() -> None:
    found = master_keys(make(master_key=f"{NEW},{OLD}"))
    assert [id_of(NEW), id_of(OLD)] == [key.id for key in found.known]


def test_one_may_come_from_a_file(path: Path) -> None:
    assert id_of(OLD) == master_keys(make(master_key_file=path)).current.id


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsUnusable, match="PAYTHREAD_MASTER_KEY_FILE"):
        master_keys(make(master_key_file=tmp_path / "nothing"))


@pytest.mark.parametrize("content", [b"", b"short", b"\xff\xfe" * 40])
def test_a_file_with_something_else_in_it_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises((SettingsUnusable, MasterKeyUnusable)):
        master_keys(make(master_key_file=path))


def test_a_running_process_hears_of_a_new_first_line(path: Path) -> None:
    running = master_keys(make(master_key_file=path))
    put_first(path, NEW, PLAIN)
    assert id_of(NEW) == running.current.id
    assert id_of(OLD) == running.of(id_of(OLD)).id


def test_a_file_that_goes_away_is_no_trouble_to_a_running_process(path: Path) -> None:
    running = master_keys(make(master_key_file=path))
    path.unlink()
    assert id_of(OLD) == running.current.id


def test_the_new_file_is_no_more_readable_than_the_old_one_and_nothing_lies_beside_it(
    path: Path,
) -> None:
    put_first(path, NEW, PLAIN)
    assert (f"{NEW}\n{OLD}\n", 0o600) == (path.read_text(), path.stat().st_mode & 0o777)
    assert [path.name] == os.listdir(path.parent)


def test_a_key_of_another_form_leaves_the_file_as_it_is(path: Path) -> None:
    with pytest.raises(MasterKeyUnusable):
        put_first(path, "short", PLAIN)
    assert (OLD + "\n", [path.name]) == (path.read_text(), os.listdir(path.parent))


def test_a_file_that_cannot_be_written_says_what_to_do_instead(tmp_path: Path) -> None:
    with pytest.raises(SettingsUnusable, match="keys new"):
        put_first(tmp_path / "nothing", NEW, PLAIN)
