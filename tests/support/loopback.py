"""Keeps the tests on this machine: an audit hook refuses every connection that would leave it.

An audit hook sees each `connect` and name look-up that Python makes, whoever makes it, and needs no patching.
C libraries with sockets of their own (libpq) are given Unix sockets; Chromium is started with a resolver that finds
nothing else.
"""

import ipaddress
import socket
import sys
from typing import Any

_OWN_NAMES = frozenset({"", "localhost", socket.gethostname()})
_installed = False


class LeftTheMachine(AssertionError):
    """A test tried to reach beyond loopback. Not an OSError, so that nobody mistakes it for a bad network."""


def install_guard() -> None:
    """Guards this process until it ends; an audit hook cannot be taken back."""
    global _installed  # noqa: PLW0603
    if not _installed:
        sys.addaudithook(_guard)
        _installed = True


def is_loopback(host: Any) -> bool:
    """Whether a host, by name or address, is this machine."""
    if host is None:
        return True
    name = (host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)).lower()
    if name in _OWN_NAMES or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        if isinstance(address, tuple) and not is_loopback(address[0]):
            raise LeftTheMachine(f"a test tried to reach {address[0]}")
    elif event == "socket.getaddrinfo":
        host = arguments[0]
        # 0.0.0.0 and :: are names for listening, and connecting to them stays here.
        if host not in {"0.0.0.0", "::"} and not is_loopback(host):
            raise LeftTheMachine(f"a test tried to look up {host}")
