"""Why a try failed, in words that the delivery log shows.

Unreachable     no request was made, or none was answered; `problem` is one of these
"""

from typing import Final

NAME_NOT_FOUND: Final = "name_not_found"
ADDRESS_REFUSED: Final = "address_refused"  # private, link-local or otherwise not of the internet
URL_REFUSED: Final = "url_refused"  # it was taken once, and is no longer
CONNECTION_FAILED: Final = "connection_failed"
TLS_FAILED: Final = "tls_failed"
TIMEOUT: Final = "timeout"
NO_HTTP: Final = "no_http"  # what came back is no HTTP
REDIRECTED: Final = "redirected"  # redirects are not followed
GONE: Final = "gone"
STATUS: Final = "status"  # any other status that is not 2xx


class Unreachable(Exception):
    """Nobody was asked, or nobody answered. Never leaves this package."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem
