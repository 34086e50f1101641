"""Which URLs are taken, and which addresses a name may have when it is called."""

from collections.abc import Sequence

import pytest

from core.errors import InvalidField
from core.outbound.destinations import Destinations, resolve
from core.outbound.problems import ADDRESS_REFUSED, NAME_NOT_FOUND, Unreachable


class Names:
    """A resolver that knows some names, and counts."""

    def __init__(self, **known: Sequence[str]) -> None:
        self.known = {name.replace("_", "."): found for name, found in known.items()}
        self.asked: list[tuple[str, int]] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append((host, port))
        if host not in self.known:
            raise OSError("no such name")
        return self.known[host]


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("https://hooks.example.com/paythread?token=a%20b&x=[1]", "hooks.example.com"),
        ("https://hooks.example.com:8443/", "hooks.example.com:8443"),
        ("https://hooks.example.com:443", "hooks.example.com"),
        ("HTTPS://Hooks.Example.COM./x", "hooks.example.com"),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example"),
        ("https://8.8.8.8/", "8.8.8.8"),
        ("https://[2606:4700::1]/", "[2606:4700::1]"),
    ],
)
def test_https_to_the_public_internet_is_taken(url: str, authority: str) -> None:
    assert authority == Destinations().target(url).authority


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example.com",
        "//hooks.example.com/",
        "http://hooks.example.com/",
        "ftp://hooks.example.com/",
        "file:///etc/passwd",
        "gopher://hooks.example.com/",
        "javascript:alert(1)",
        "https://",
        "https:///path",
        "https://user:secret@hooks.example.com/",
        "https://ok@evil.example/",
        "https://hooks.example.com:22/",
        "https://hooks.example.com:0/",
        "https://hooks.example.com:99999/",
        "https://hooks.example.com:x/",
        "https://hooks.example.com/#part",
        "https://hooks.example.com/ space",
        "https://hooks.example.com/\r\nHost: evil",
        "https://hooks.example.com\\@evil.example/",
        "https://h\u00f6oks.example.com/",
        "https://hooks.example.com/" + "x" * 2000,
        "https://localhost/",
        "https://printer/",
        "https://app.localhost/",
        "https://box.local/",
        "https://metadata.google.internal/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.0.0.1/",
        "https://0/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "https://[::ffff:169.254.169.254]/",
        "https://[::1]/",
        "https://[::]/",
        "https://[64:ff9b::a9fe:a9fe]/",
        "https://[fe80::1%25eth0]/",
        "https://[::1",
        "https://%31%32%37.0.0.1/",
        "https://127.0.0.1.:443/",
        "https://-hooks.example.com/",
        "https://hooks..example.com/",
    ],
)
def test_anything_else_is_refused_with_its_place_and_without_repeating_it(url: str) -> None:
    with pytest.raises(InvalidField) as refused:
        Destinations().target(url)
    [field] = refused.value.fields
    assert "/url" == field.pointer
    assert not url or url not in field.detail


def test_the_operators_list_takes_a_host_or_a_host_with_a_port() -> None:
    destinations = Destinations(["localhost", "127.0.0.1:9000", "[::1]:9000"])
    assert destinations.target("http://localhost:1234/x").trusted
    assert destinations.target("http://127.0.0.1:9000/").trusted
    assert destinations.target("http://[::1]:9000/").trusted
    for url in ("http://127.0.0.1:9001/", "http://127.0.0.2:9000/", "http://[::1]:9001/"):
        with pytest.raises(InvalidField):
            destinations.target(url)


def test_the_list_lets_no_credentials_in() -> None:
    with pytest.raises(InvalidField):
        Destinations(["localhost"]).target("http://user@localhost/")


async def test_a_name_is_asked_for_once_and_has_all_its_addresses_checked() -> None:
    names = Names(good_example=["8.8.8.8", "2606:4700::1"], half_example=["8.8.8.8", "10.0.0.1"])
    destinations = Destinations(resolver=names)
    good = destinations.target("https://good.example:8443/")
    assert ["8.8.8.8", "2606:4700::1"] == await destinations.addresses(good)
    assert [("good.example", 8443)] == names.asked
    with pytest.raises(Unreachable) as refused:
        await destinations.addresses(destinations.target("https://half.example/"))
    assert ADDRESS_REFUSED == refused.value.problem


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "64:ff9b::a00:1", "fe80::1%eth0"]
)
async def test_a_name_with_a_private_address_is_refused(address: str) -> None:
    destinations = Destinations(resolver=Names(evil_example=[address]))
    with pytest.raises(Unreachable) as refused:
        await destinations.addresses(destinations.target("https://evil.example/"))
    assert ADDRESS_REFUSED == refused.value.problem


@pytest.mark.parametrize("known", [{}, {"gone_example": []}])
async def test_a_name_that_nobody_knows_is_told_apart(known: dict[str, list[str]]) -> None:
    destinations = Destinations(resolver=Names(**known))
    with pytest.raises(Unreachable) as unknown:
        await destinations.addresses(destinations.target("https://gone.example/"))
    assert NAME_NOT_FOUND == unknown.value.problem


async def test_an_address_is_asked_of_nobody() -> None:
    names = Names()
    destinations = Destinations(resolver=names)
    assert ["8.8.8.8"] == await destinations.addresses(destinations.target("https://8.8.8.8/"))
    assert [] == names.asked


async def test_a_trusted_name_may_be_private() -> None:
    destinations = Destinations(["hooks.test"], resolver=Names(hooks_test=["127.0.0.1"]))
    assert ["127.0.0.1"] == await destinations.addresses(destinations.target("http://hooks.test/"))


async def test_the_systems_own_resolver_is_asked() -> None:
    assert "127.0.0.1" in await resolve("localhost", 80)
