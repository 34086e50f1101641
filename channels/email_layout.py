"""The HTML of an email: one narrow column, a button, nothing from anywhere else.

Mail programs know little CSS: tables carry the layout and styles stand on the elements. The style element only
adds colours for dark mode. No image, font, script or other remote content, so nothing tells on the reader.
"""

from dataclasses import dataclass
from html import escape

_PAGE = """\
<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; supported-color-schemes: light dark; }}
@media (prefers-color-scheme: dark) {{
  .page {{ background: #12151c !important; }}
  .card {{ background: #1c212b !important; border-color: #333b4a !important; }}
  .ink {{ color: #f2f4f8 !important; }}
  .soft {{ color: #b4bccb !important; }}
  .button {{ background: #7aa2ff !important; color: #0b1020 !important; }}
}}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f3f5f9;">
<div style="display:none;max-height:0;overflow:hidden;">{intro}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="page"
 style="background:#f3f5f9;">
<tr><td align="center" style="padding:32px 16px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="card"
 style="max-width:520px;background:#ffffff;border:1px solid #dfe4ec;border-radius:12px;">
<tr><td style="padding:32px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;">
<p class="ink" style="margin:0 0 24px;font-size:18px;font-weight:600;color:#161b26;">{title}</p>
<p class="ink" style="margin:0 0 8px;font-size:16px;line-height:24px;color:#161b26;white-space:pre-line;">{intro}</p>
{about}<p class="ink" style="margin:24px 0;font-size:32px;line-height:40px;font-weight:700;color:#161b26;">\
{amount}</p>
<table role="presentation" cellpadding="0" cellspacing="0"><tr><td>
<a class="button" href="{url}" style="display:inline-block;padding:14px 28px;border-radius:8px;\
background:#1f4fd8;color:#ffffff;font-size:16px;line-height:20px;font-weight:600;\
text-decoration:none;">{button}</a>
</td></tr></table>
<p class="soft" style="margin:24px 0 0;font-size:13px;line-height:20px;color:#566073;">{fallback}<br>
<a class="soft" href="{url}" style="color:#566073;word-break:break-all;">{url}</a></p>
<p class="soft" style="margin:24px 0 0;font-size:13px;line-height:20px;color:#566073;">{safety}</p>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
"""
_ABOUT = """\
<p class="soft" style="margin:0;font-size:16px;line-height:24px;color:#566073;">{about}</p>
"""


@dataclass(frozen=True, slots=True)
class Mail:
    """The pieces of one mail, as plain text."""

    language: str
    direction: str
    title: str
    intro: str
    about: str | None
    amount: str
    button: str
    url: str
    fallback: str
    safety: str


def mail_html(mail: Mail) -> str:
    """The whole document. Every piece is escaped; none of them is markup."""
    return _PAGE.format(
        language=escape(mail.language),
        direction=escape(mail.direction),
        title=escape(mail.title),
        intro=escape(mail.intro),
        about=_ABOUT.format(about=escape(mail.about)) if mail.about is not None else "",
        amount=escape(mail.amount),
        button=escape(mail.button),
        url=escape(mail.url),
        fallback=escape(mail.fallback),
        safety=escape(mail.safety),
    )
