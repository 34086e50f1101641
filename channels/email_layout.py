"""The HTML of an email that asks for a payment: what for, how much, and a button."""

from dataclasses import dataclass
from html import escape

from channels.email_frame import framed

_BODY = """\
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
    body = _BODY.format(
        intro=escape(mail.intro),
        about=_ABOUT.format(about=escape(mail.about)) if mail.about is not None else "",
        amount=escape(mail.amount),
        button=escape(mail.button),
        url=escape(mail.url),
        fallback=escape(mail.fallback),
        safety=escape(mail.safety),
    )
    return framed(
        language=mail.language,
        direction=mail.direction,
        title=mail.title,
        summary=mail.intro,
        body=body,
    )
