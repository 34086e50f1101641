"""Which addresses a webhook may go to: those of the public internet, and nothing that hides another one in it.

The lists are the IANA special-purpose address registries (RFC 6890 and later), written out: what a Python version takes
for global changed more than once.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

_NOT_PUBLIC_4: Final = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, and every cloud's metadata
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved, broadcast
    )
)
# Only this is given out on the internet; what is taken from it below is not, or is a way through to IPv4.
_PUBLIC_6: Final = ip_network("2000::/3")
_NOT_PUBLIC_6: Final = tuple(
    ip_network(text)
    for text in (
        "2001::/23",  # Teredo, ORCHID, benchmarking and other protocol assignments
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)
# NAT64 (RFC 6052): on a network without IPv4 every IPv4 host looks like this, so the one inside decides.
_NAT64: Final = ip_network("64:ff9b::/96")


def is_public(text: str) -> bool:
    """Whether this is an address of the public internet. What is no address is not."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return False
        if address in _NAT64:
            return _is_public_4(IPv4Address(int(address) & 0xFFFF_FFFF))
        # IPv4-mapped (::ffff:0:0/96) and IPv4-compatible ones lie outside of what is given out.
        return address in _PUBLIC_6 and not any(address in each for each in _NOT_PUBLIC_6)
    return _is_public_4(address)


def literal_address(host: str) -> str | None:
    """The address that a host name is, in any form that a resolver takes for one (`127.1`, `0x7f000001`), or None."""
    try:
        return str(ip_address(host.strip("[]")))
    except ValueError:
        pass
    try:
        return str(IPv4Address(socket.inet_aton(host)))
    except (OSError, ValueError):
        return None


def _is_public_4(address: IPv4Address) -> bool:
    return not any(address in each for each in _NOT_PUBLIC_4)
