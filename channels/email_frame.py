"""What every email of ours looks like: one narrow column, nothing from anywhere else.

Mail programs know little CSS: tables carry the layout and styles stand on the elements. The style element only
adds colours for dark mode. No image, font, script or other remote content, so nothing tells on the reader.
"""

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
  .button {{ background: #7aa2ff !important; color: #0b1020 !important; }}
}}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f3f5f9;">
<div style="display:none;max-height:0;overflow:hidden;">{summary}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="page"
 style="background:#f3f5f9;">
<tr><td align="center" style="padding:32px 16px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="card"
 style="max-width:520px;background:#ffffff;border:1px solid #dfe4ec;border-radius:12px;">
<tr><td style="padding:32px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;">
<p class="ink" style="margin:0 0 24px;font-size:18px;font-weight:600;color:#161b26;">{title}</p>
{body}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
"""


def framed(*, language: str, direction: str, title: str, summary: str, body: str) -> str:
    """The whole document. `body` is HTML; everything else is text. Mail programs show `summary` beside the subject."""
    return _PAGE.format(
        language=escape(language),
        direction=escape(direction),
        title=escape(title),
        summary=escape(summary),
        body=body,
    )
