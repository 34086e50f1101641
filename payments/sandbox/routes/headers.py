"""Which headers guard the sandbox's pages? Strict by default, framed by any merchant where needed."""


def page_headers(*, framed: bool, scripts: bool = True, form: bool = False) -> dict[str, str]:
    """A page of ours: own scripts and styles alone, no third party, nothing inline."""
    policy = [
        "default-src 'none'",
        "script-src 'self'" if scripts else "script-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'" if form else "form-action 'none'",
        f"frame-ancestors {'*' if framed else chr(39) + 'none' + chr(39)}",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Referrer-Policy": "no-referrer" if not form else "strict-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), usb=()",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "cross-origin" if framed else "same-origin",
        "Cache-Control": "no-store",
    }
