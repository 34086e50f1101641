"""The HTML of a receipt by email: its facts in rows, and nothing to press."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from channels.email_frame import framed

_BODY = """\
<p class="ink" style="margin:0 0 8px;font-size:16px;line-height:24px;color:#161b26;">{thanks}</p>
<p class="ink" style="margin:24px 0;font-size:32px;line-height:40px;font-weight:700;color:#161b26;">{amount}</p>
<table width="100%" cellpadding="0" cellspacing="0">
{rows}</table>
<p class="soft" style="margin:24px 0 0;font-size:13px;line-height:20px;color:#566073;">{keep}</p>
"""
_ROW = """\
<tr><th scope="row" align="{start}" valign="top" class="row soft" style="padding:8px 0;padding-{end}:16px;\
border-top:1px solid #dfe4ec;font-size:14px;line-height:20px;font-weight:400;color:#566073;\
text-align:{start};">{label}</th>
<td align="{end}" valign="top" class="row ink" style="padding:8px 0;border-top:1px solid #dfe4ec;font-size:14px;\
line-height:20px;font-weight:600;color:#161b26;text-align:{end};word-break:break-word;">{fact}</td></tr>
"""


@dataclass(frozen=True, slots=True)
class ReceiptMail:
    """The pieces of one receipt, as plain text. `rows` are labels and facts."""

    language: str
    direction: str
    title: str
    thanks: str
    amount: str
    rows: Sequence[tuple[str, str]]
    keep: str


def receipt_html(mail: ReceiptMail) -> str:
    """The whole document. Every piece is escaped; none of them is markup."""
    start, end = ("right", "left") if mail.direction == "rtl" else ("left", "right")
    rows = (
        _ROW.format(start=start, end=end, label=escape(label), fact=escape(fact))
        for label, fact in mail.rows
    )
    body = _BODY.format(
        thanks=escape(mail.thanks),
        amount=escape(mail.amount),
        rows="".join(rows),
        keep=escape(mail.keep),
    )
    return framed(
        language=mail.language,
        direction=mail.direction,
        title=mail.title,
        summary=mail.thanks,
        body=body,
    )
