"""Who may frame what: the listed origins the panel's page, and nobody any other.

Covers app.http.embedding, app.host_origins.
"""

from dataclasses import replace

import httpx2
import pytest

from app.application import create_app
from app.host_origins import read_host_origin
from app.http.console import DIST
from app.settings import SettingsUnusable, load_settings
from tests.app.conftest import Running

HOSTS = ["https://crm.example.com", "http://localhost:9000"]
needs_build = pytest.mark.skipif(
    not (DIST / "embed.html").is_file(), reason="the console is not built"
)


def at_home(running: Running, hosts: list[str]) -> httpx2.AsyncClient:
    """The service with this list."""
    settings = running.house.settings.model_copy(update={"embed_origins": hosts})
    app = create_app(replace(running.house, settings=settings))
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=running.url)


def ancestors(answer: httpx2.Response) -> str:
    parts = answer.headers["content-security-policy"].split("; ")
    return next(part for part in parts if part.startswith("frame-ancestors "))


@needs_build
async def test_the_panel_names_who_may_frame_it_and_every_other_page_says_nobody(
    running_service: Running,
) -> None:
    async with at_home(running_service, HOSTS) as client:
        panel = await client.get("/embed?host=https%3A%2F%2Fevil.test")
        assert "frame-ancestors https://crm.example.com http://localhost:9000" == ancestors(panel)
        assert "x-frame-options" not in panel.headers
        assert 'content="https://crm.example.com http://localhost:9000"' in panel.text
        assert "evil.test" not in panel.text
        for path in ("/", "/docs", "/embed/", "/v1/links", "/p/unknown", "/healthz"):
            other = await client.get(path)
            assert (path, "frame-ancestors 'none'") == (path, ancestors(other))
            assert (path, "DENY") == (path, other.headers["x-frame-options"])


@needs_build
async def test_without_a_list_nobody_frames_anything_and_there_is_no_script(
    client: httpx2.AsyncClient,
) -> None:
    assert "frame-ancestors 'none'" == ancestors(await client.get("/embed"))
    assert 404 == (await client.get("/embed/panel.js")).status_code


@needs_build
async def test_any_page_may_load_the_script_which_is_small_and_needs_nothing_else(
    running_service: Running,
) -> None:
    async with at_home(running_service, HOSTS) as client:
        script = await client.get("/embed/panel.js")
    assert ("cross-origin", "*") == (
        script.headers["cross-origin-resource-policy"],
        script.headers["access-control-allow-origin"],
    )
    assert len(script.content) < 8_000
    assert "paythread-panel" in script.text
    assert "import" not in script.text


@pytest.mark.parametrize(
    "origin",
    [
        "https://crm.example.com",
        "https://crm.example.com:8443",
        "http://127.0.0.1:9",
        "http://[::1]:9",
    ],
)
def test_an_exact_origin_is_taken(origin: str) -> None:
    assert origin == read_host_origin(origin)


@pytest.mark.parametrize(
    "origin",
    [
        *("*", "https://*.example.com", "https:", "http://crm.example.com", "crm.example.com"),
        *("https://crm.example.com/", "https://crm.example.com/x", "https://CRM.example.com"),
        *("https://a@crm.example.com", "https://crm.example.com:443", "https://crm.example.com:x"),
        *("https://a.example; script-src *", "https://a.example 'self'", "null", "", "ftp://a"),
        *("https://bücher.example", "https://a.example\n", "https://a.example?x", "data:x"),
    ],
)
def test_what_is_no_exact_origin_is_refused(origin: str) -> None:
    with pytest.raises(ValueError, match="must be"):
        read_host_origin(origin)


def test_a_wrong_list_stops_the_service_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYTHREAD_EMBED_ORIGINS", "https://crm.example.com, http://localhost:1")
    assert ["https://crm.example.com", "http://localhost:1"] == load_settings().embed_origins
    monkeypatch.setenv("PAYTHREAD_EMBED_ORIGINS", "https://crm.example.com,*")
    with pytest.raises(SettingsUnusable, match="must be origins"):
        load_settings()
