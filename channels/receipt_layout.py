"""The HTML of a receipt by email: one narrow column, its facts in rows, and nothing to press.

As in `email_layout`, tables carry the layout, styles stand on the elements, and nothing comes from anywhere else.
"""

from collections.abc import Sequence
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
  .row {{ border-color: #333b4a !important; }}
}}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f3f5f9;">
<div style="display:none;max-height:0;overflow:hidden;">{thanks}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="page"
 style="background:#f3f5f9;">
<tr><td align="center" style="padding:32px 16px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="card"
 style="max-width:520px;background:#ffffff;border:1px solid #dfe4ec;border-radius:12px;">
<tr><td style="padding:32px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;">
<p class="ink" style="margin:0 0 24px;font-size:18px;font-weight:600;color:#161b26;">{title}</p>
<p class="ink" style="margin:0 0 8px;font-size:16px;line-height:24px;color:#161b26;">{thanks}</p>
<p class="ink" style="margin:24px 0;font-size:32px;line-height:40px;font-weight:700;color:#161b26;">{amount}</p>
<table width="100%" cellpadding="0" cellspacing="0">
{rows}</table>
<p class="soft" style="margin:24px 0 0;font-size:13px;line-height:20px;color:#566073;">{keep}</p>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
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
    return _PAGE.format(
        language=escape(mail.language),
        direction=escape(mail.direction),
        title=escape(mail.title),
        thanks=escape(mail.thanks),
        amount=escape(mail.amount),
        rows="".join(rows),
        keep=escape(mail.keep),
    )
