"""A port that nobody listens on at this moment."""

import socket


def free_port() -> int:
    """Asks the system for one. Somebody else may take it before it is used; tests start again then."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
