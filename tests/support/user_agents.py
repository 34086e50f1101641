"""User agents: of the browsers inside apps that people pay in, of ordinary browsers, and of what fetches links."""

# ruff: noqa: E501 - they are as long as they are

from typing import Final

_ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UD1A.231105.004; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0.6367.82 Mobile Safari/537.36"
_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21E236"

IN_APP: Final[dict[str, str]] = {
    "WhatsApp, Android": f"{_ANDROID} WhatsApp/2.24.9.78",
    "WhatsApp, iPhone": f"{_IPHONE} WhatsApp/24.9.78",
    "Messenger, Android": f"{_ANDROID} [FB_IAB/Orca-Android;FBAV/455.0.0.50.109;]",
    "Messenger, iPhone": f"{_IPHONE} [FBAN/MessengerForiOS;FBAV/456.0.0.37.108;FBBV/592;FBDV/iPhone15,2]",
    "Facebook, Android": f"{_ANDROID} [FB_IAB/FB4A;FBAV/462.0.0.47.85;]",
    "Facebook, iPhone": f"{_IPHONE} [FBAN/FBIOS;FBAV/462.0.0.35.106;FBBV/595;FBDV/iPhone15,2]",
    "Facebook, MetaIAB": f"{_ANDROID} MetaIAB",
    "Instagram, Android": f"{_ANDROID} Instagram 330.0.0.40.92 Android (34/14; 420dpi; 1080x2400; Google/google; Pixel 8)",
    "Instagram, iPhone": f"{_IPHONE} Instagram 330.0.3.29.109 (iPhone15,2; iOS 17_4_1; en_GB; en; scale=3.00; 1179x2556)",
    "Telegram, Android": f"{_ANDROID} Telegram-Android/10.12.0 (Google Pixel 8; Android 14; SDK 34; HIGH)",
    "TikTok, Android": f"{_ANDROID} trill_340504 BytedanceWebview/d8a21c6",
    "TikTok, iPhone": f"{_IPHONE} musical_ly_34.5.0 JsSdk/2.0 NetType/WIFI Channel/App Store",
    "WeChat, Android": f"{_ANDROID} MMWEBID/2307 MicroMessenger/8.0.49.2600(0x28003133) WeChat/arm64",
    "WeChat, iPhone": f"{_IPHONE} MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/en",
    "LINE, iPhone": f"{_IPHONE} Safari Line/14.6.0",
    "Snapchat, iPhone": f"{_IPHONE} Snapchat/12.84.0.40 (like Safari/8617.2.4.10.8, panda)",
    "X, iPhone": f"{_IPHONE} Twitter for iPhone/10.38",
    "LinkedIn, Android": f"{_ANDROID} [LinkedInApp]/9.29",
    "Outlook, iPhone": f"{_IPHONE} Outlook-iOS/709.4.0",
    "Outlook, Android": f"{_ANDROID} Outlook-Android/2.0",
    "Gmail, iPhone": f"{_IPHONE} Gmail/6.0.240414",
    "Google, iPhone": f"{_IPHONE} GSA/313.0.625341518 Safari/604.1",
    "unnamed, Android": _ANDROID,
    "unnamed, iPhone": _IPHONE,
}

OWN_BROWSERS: Final[tuple[str, ...]] = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4.1 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/124.0.6367.71 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4.1 Safari/605.1.15",
    "Mozilla/5.0 (Android 14; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0",
)

# What fetches a link that was sent, to preview or to scan it.
FETCHERS: Final[dict[str, str]] = {
    "WhatsApp": "WhatsApp/2.24.9.78 A",
    "Facebook": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Meta": "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    "Telegram": "TelegramBot (like TwitterBot)",
    "X": "Twitterbot/1.0",
    "LinkedIn": "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Slack": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Discord": "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "Skype": "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
    "Viber": "Viber/13.3.0.4 CFNetwork/1240.0.4 Darwin/20.6.0",
    "LINE": "facebookexternalhit/1.1;line-poker/1.0",
    "Pinterest": "Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)",
    "Snapchat": "Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots",
    "iMessage": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "Google": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Gmail": "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "Apple": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.1 Safari/605.1.15 (Applebot/0.1)",
    "Outlook": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/91.0.4472.124 Safari/537.36 BingPreview/1.0b",
    "Proofpoint": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; Proofpoint) AppleWebKit/537.36 Chrome/96.0.4664.110 Safari/537.36",
    "Barracuda": "BarracudaCentral/1.0",
    "Mimecast": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/100.0 Safari/537.36 Mimecast",
    "curl": "curl/8.7.1",
    "python": "python-requests/2.31.0",
    "none": "",
}
