"""Browsers inside apps, told by their User-Agent: where wallets do not work, and banks' apps may not find the way back.

A guess that goes wrong costs a hint too many or too few: the card form works in all of them. User agents as the apps'
webviews send them; `wv` is what Android's own WebView says of itself
(https://developer.chrome.com/docs/webview/user-agent), and iOS's has no `Safari/` (`WKWebView`).
"""

import re
from typing import Final
from urllib.parse import urlsplit

from links.pay.rendering import InApp

# The first that is found counts: Messenger's and Instagram's name Facebook as well. None has no name to show.
_APPS: Final[tuple[tuple[re.Pattern[str], str | None], ...]] = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"\bInstagram\b", "Instagram"),
        (r"FB(AN|_IAB)/(Orca-Android|Messenger|MESSENGER)|MessengerForiOS", "Messenger"),
        (r"\bWhatsApp/", "WhatsApp"),
        (r"\bFB(AN|AV|_IAB|IOS)\b|\bMetaIAB\b", "Facebook"),
        (r"\bTelegram(-Android)?/", "Telegram"),
        (r"musical_ly|BytedanceWebview|\bTikTok\b|\btrill_", "TikTok"),
        (r"\bMicroMessenger/", "WeChat"),
        (r"\bLine/\d", "LINE"),
        (r"\bKAKAOTALK\b", "KakaoTalk"),
        (r"\bSnapchat\b", "Snapchat"),
        (r"\bTwitter for (iPhone|iPad|Android)\b|\bTwitterAndroid\b", "X"),
        (r"\bLinkedInApp\b", "LinkedIn"),
        (r"\bPinterest\b", "Pinterest"),
        (r"\bOutlook-(iOS|Android)\b|\bMicrosoft Outlook\b", "Outlook"),
        (r"\bGmail/|\bGMAIL\b", "Gmail"),
        (r"\bGSA/", "Google"),
        (r"; wv\)", None),
        (r"\((iPhone|iPad|iPod)[^)]*\) AppleWebKit/[\d.]+ (?!.*\bSafari/)", None),
    )
)
_BROWSER: Final = "Mozilla/"


def in_app_of(user_agent: str, url: str) -> InApp | None:
    """The app that shows the page at this address, or None for a browser, or for what is no browser at all."""
    if not user_agent.startswith(_BROWSER):
        return None
    for pattern, name in _APPS:
        if pattern.search(user_agent):
            return InApp(name, url, _intent(url) if "Android" in user_agent else None)
    return None


def _intent(url: str) -> str:
    """Android's way to hand an address to the phone's browser (https://developer.chrome.com/docs/android/intents)."""
    parts = urlsplit(url)
    return (
        f"intent://{parts.netloc}{parts.path}#Intent;scheme={parts.scheme};"
        "action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE;end"
    )
