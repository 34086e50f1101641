"""Lists of master keys with wrapped ones among them. Covers app.kms.opening, and app.master_key_source with it."""

import base64
from pathlib import Path

import pytest

from app.kms.opening import Opener
from app.kms.port import KmsUnusable
from app.master_key_source import KeyFile, master_keys, put_first
from app.settings import Settings
from compliance.master_keys import MasterKey, MasterKeyUnusable
from tests.support.transit_engine import TransitEngine

OLD, NEW = "ab" * 32, "cd" * 32


def settings(engine: TransitEngine | None, **values: object) -> Settings:
    more: dict[str, object] = {}
    if engine is not None:
        more = {"kms_url": engine.url, "kms_key": "paythread", "kms_token": "s.token"}
    return Settings(_env_file=None, **more, **values)  # type: ignore[arg-type]


def base64_of(key: str) -> str:
    return base64.urlsafe_b64encode(bytes.fromhex(key)).decode()


def ids(*keys: str) -> list[str]:
    return [MasterKey.from_text(key).id for key in keys]


def wrapped(engine: TransitEngine, key: str) -> str:
    return Opener(settings(engine).key_service).wrapped(base64_of(key))


def test_a_wrapped_key_is_the_same_master_key(engine: TransitEngine) -> None:
    text = f"{wrapped(engine, NEW)},{OLD}"
    found = master_keys(settings(engine, master_key=text))
    assert [key.id for key in found.known] == ids(NEW, OLD)


def test_each_is_opened_once(engine: TransitEngine) -> None:
    opener = Opener(settings(engine).key_service)
    text = opener.wrapped(base64_of(NEW))
    before = len(engine.asked)
    for _ in range(3):
        opener.open(f"{text} {OLD}")
    assert len(engine.asked) == before + 1


def test_without_the_service_a_wrapped_key_is_refused_by_name(engine: TransitEngine) -> None:
    text = wrapped(engine, NEW)
    with pytest.raises(KmsUnusable, match="PAYTHREAD_KMS_URL"):
        master_keys(settings(None, master_key=text))


def test_what_is_no_key_inside_is_refused(engine: TransitEngine) -> None:
    service = settings(engine).key_service
    assert service is not None
    with pytest.raises(MasterKeyUnusable, match="32 bytes"):
        Opener(service).open(service.wrap(b"short"))


def test_a_service_that_gives_back_another_key_wraps_none(engine: TransitEngine) -> None:
    other = base64.b64encode(b"\0" * 32).decode()
    engine.says = (
        200,
        f'{{"data":{{"ciphertext":"vault:v1:AAAA","plaintext":"{other}"}}}}'.encode(),
    )
    with pytest.raises(KmsUnusable, match="another key"):
        wrapped(engine, NEW)


def test_a_file_gets_the_new_key_wrapped_and_never_in_the_clear(
    engine: TransitEngine, tmp_path: Path
) -> None:
    file = tmp_path / "master.key"
    file.write_text(wrapped(engine, OLD))
    running = master_keys(settings(engine, master_key_file=file))
    assert running.current.id == ids(OLD)[0]
    put_first(file, base64_of(NEW), Opener(settings(engine).key_service))
    assert running.current.id == ids(NEW)[0]
    lines = file.read_text().split()
    assert [line[:9] for line in lines] == ["vault:v1:", "vault:v1:"]


def test_while_the_service_is_away_a_running_process_keeps_what_it_holds_and_asks_later(
    engine: TransitEngine, tmp_path: Path
) -> None:
    file = tmp_path / "master.key"
    file.write_text(wrapped(engine, OLD))
    now = [1000.0]
    watched = KeyFile(file, Opener(settings(engine).key_service), ticks=lambda: now[0])
    assert watched.first() == base64_of(OLD)
    file.write_text(f"{wrapped(engine, NEW)}\n{file.read_text()}")
    engine.says = (503, b"")
    assert watched.changed() is None
    asked = len(engine.asked)
    now[0] += 29
    assert (watched.changed(), len(engine.asked)) == (None, asked), "it was asked again at once"
    engine.says = None
    now[0] += 2
    assert watched.changed() == f"{base64_of(NEW)},{base64_of(OLD)}"
