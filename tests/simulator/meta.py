"""How the tests set up Meta's networks in the simulator."""

from __future__ import annotations

PHONE_NUMBER_ID, NUMBER = "106540352242922", "+447400123456"
PAGE_ID = "104857600000001"
INSTAGRAM_PAGE_ID, INSTAGRAM_ID = "104857600000002", "17841400000000001"
TOKENS = {"whatsapp": "wa-token", "messenger": "page-token", "instagram": "ig-token"}
APP_SECRET = "app secret"
PREFIX = "https://pay.example.test/p/"

ENVIRONMENT = {
    **{f"SIMULATOR_{name.upper()}_TOKEN": token for name, token in TOKENS.items()},
    **{f"SIMULATOR_{name.upper()}_APP_SECRET": APP_SECRET for name in TOKENS},
}
# Who customers write to, by channel.
ADDRESSES = {"whatsapp": NUMBER, "messenger": PAGE_ID, "instagram": INSTAGRAM_ID}
NODES = {"whatsapp": PHONE_NUMBER_ID, "messenger": PAGE_ID, "instagram": INSTAGRAM_PAGE_ID}


def meta_arguments(**inbound_urls: str) -> list[str]:
    """The options for all three; `whatsapp="https://…"` names the webhook of one."""
    found = [
        *("--whatsapp-phone-number-id", PHONE_NUMBER_ID, "--whatsapp-number", NUMBER),
        *("--whatsapp-template-url", PREFIX),
        *("--messenger-page-id", PAGE_ID),
        *("--instagram-page-id", INSTAGRAM_PAGE_ID, "--instagram-id", INSTAGRAM_ID),
        *("--business-name", "Acme Utilities"),
    ]
    for name, url in inbound_urls.items():
        found += [f"--{name}-inbound-url", url]
    return found
