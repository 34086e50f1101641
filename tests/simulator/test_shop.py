"""The shop that embeds the merchant's web chat: an origin of its own, with a policy that lets in the chat alone."""

from __future__ import annotations

from pathlib import Path

from .harness import Simulator, free_port

SCRIPT = "https://pay.example/chat/cha_1/widget.js"


def test_the_shop_embeds_the_chat_and_nothing_else(tmp_path: Path) -> None:
    simulator = Simulator(tmp_path / "far-end.sqlite", free_port(), free_port())
    simulator.arguments = ["--webchat-script-url", SCRIPT]
    simulator.start()
    try:
        shop = simulator.http.get(f"{simulator.url}/shop")
        assert f'<script src="{SCRIPT}" async></script>' in shop.text
        policy = shop.headers["content-security-policy"]
        assert "script-src https://pay.example; connect-src https://pay.example;" in policy
        arabic = simulator.http.get(f"{simulator.url}/shop", params={"lang": "ar"})
        assert '<html lang="ar" dir="rtl">' in arabic.text
        odd = simulator.http.get(f"{simulator.url}/shop", params={"lang": '"><script>'})
        assert '<html lang="en" dir="ltr">' in odd.text
        assert 'href="/shop"' in simulator.http.get(simulator.url).text
    finally:
        simulator.http.close()
        simulator.stop()


def test_without_a_chat_there_is_no_shop(refusing: Simulator) -> None:
    assert refusing.http.get(f"{refusing.url}/shop").status_code == 404
    assert "/shop" not in refusing.http.get(refusing.url).text
