"""Link tokens that cannot be guessed, and page nonces that cannot be made up."""

import math
import re
import string
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.origins import hash_of_origin
from compliance.vault import DataKey, Vault
from core.database import Database
from links.tokens import TOKEN_LENGTH, Tokens, new_token
from tests.support.clock import START, SettableClock

TOKENS = Tokens(*(DataKey(name, name.encode() * 8) for name in ("look", "sign", "from")))
LINK, PAGE = "lnk_1", "pg_1"
ALPHABET = string.digits + string.ascii_letters


def holds(
    nonce: str, *, link: str = LINK, page: str = PAGE, after: timedelta = timedelta()
) -> bool:
    return TOKENS.nonce_holds(nonce, link, page, now=START + after)


def test_a_token_has_at_least_142_random_bits() -> None:
    assert 142 <= TOKEN_LENGTH * math.log2(62)


def test_tokens_are_letters_and_digits_and_differ() -> None:
    """Anything else, and some messengers would cut the link short."""
    made = {new_token() for _ in range(2000)}

    assert 2000 == len(made)
    assert all(re.fullmatch(r"[0-9A-Za-z]{24}", token) for token in made)


def test_every_letter_is_used() -> None:
    assert 62 == len(set("".join(new_token() for _ in range(500))))


def test_ten_thousand_tokens_have_no_pattern() -> None:
    """Each place has each letter about equally often, whatever stood before it; none is near another."""
    made = [new_token() for _ in range(10_000)]
    expected = len(made) / 62
    for place in range(TOKEN_LENGTH):
        counts = Counter(token[place] for token in made)
        chi = sum((counts[letter] - expected) ** 2 / expected for letter in ALPHABET)
        # With 61 degrees of freedom, once in a thousand million draws.
        assert 10 < chi < 150, place
    follows = Counter((token[0] == token[1], token[11] == token[12]) for token in made)
    assert follows[True, True] < 20
    assert len({token[:12] for token in made}) == len({token[12:] for token in made}) == 10_000
    assert 0.45 < sum(a < b for a, b in pairwise(made)) / len(made) < 0.55


@given(st.text(max_size=40))
def test_only_what_looks_like_a_token_is_looked_up(text: str) -> None:
    looks = re.fullmatch(r"[0-9A-Za-z]{24}", text) is not None

    assert looks == (TOKENS.lookup_hash(text) is not None)


def test_a_token_with_a_line_end_is_none() -> None:
    assert TOKENS.lookup_hash("A" * 24 + "\n") is None


def test_a_nonce_holds_for_its_link_and_page() -> None:
    assert holds(TOKENS.page_nonce(LINK, PAGE, now=START))


@pytest.mark.parametrize(("link", "page"), [("lnk_2", PAGE), (LINK, "pg_2")])
def test_a_nonce_does_not_hold_for_another_link_or_page(link: str, page: str) -> None:
    assert not holds(TOKENS.page_nonce(LINK, PAGE, now=START), link=link, page=page)


def test_a_nonce_does_not_hold_when_link_and_page_are_cut_differently() -> None:
    assert not holds(TOKENS.page_nonce("a", "b", now=START), link="a|b", page="")


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (timedelta(hours=23, minutes=59), True),
        (timedelta(hours=24, seconds=1), False),
        (timedelta(seconds=-59), True),
        (timedelta(seconds=-62), False),
    ],
)
def test_a_nonce_holds_for_a_day(after: timedelta, expected: bool) -> None:
    assert expected is holds(TOKENS.page_nonce(LINK, PAGE, now=START), after=after)


@given(st.text(max_size=120))
def test_a_nonce_that_was_made_up_does_not_hold(text: str) -> None:
    assert not holds(text)


@pytest.mark.parametrize("spoil", ["{0}0", "0{0}", "{0}é", "٤{0}", "{0}.{0}", " {0}"])
def test_a_nonce_that_was_changed_does_not_hold(spoil: str) -> None:
    assert not holds(spoil.format(TOKENS.page_nonce(LINK, PAGE, now=START)))


def test_a_later_time_cannot_be_put_on_an_old_nonce() -> None:
    issued, _, signature = TOKENS.page_nonce(LINK, PAGE, now=START).partition(".")

    assert not holds(f"{int(issued) + 3600}.{signature}", after=timedelta(hours=1))


async def test_another_process_reads_the_same_keys(
    database: Database, vault: Vault, clock: SettableClock
) -> None:
    one = await Tokens.load(database, vault, now=clock())
    two = await Tokens.load(database, vault, now=clock())

    assert one.lookup_hash("A" * 24) == two.lookup_hash("A" * 24)
    assert two.nonce_holds(one.page_nonce(LINK, PAGE, now=clock()), LINK, PAGE, now=clock())
    assert one.hash_of_origin("203.0.113.7") == two.hash_of_origin("203.0.113.7")
    assert one.hash_of_origin("203.0.113.7") != one.hash_of_origin("203.0.113.8")


@pytest.mark.parametrize("address", ["81.2.69.142", "2a02:8010:1:2::1"])
async def test_a_customer_is_told_from_the_address_that_an_agent_signs_in_from(
    database: Database, vault: Vault, clock: SettableClock, address: str
) -> None:
    """An agent who pays their own link: the two hashes have to be one."""
    tokens = await Tokens.load(database, vault, now=clock())
    async with database.transaction() as session:
        agents = await hash_of_origin(session, vault, address, now=clock())

    assert agents == tokens.hash_of_origin(address)


def test_the_devices_of_one_house_are_one_origin() -> None:
    assert TOKENS.hash_of_origin("2a02:8010:1:2::1") == TOKENS.hash_of_origin("2a02:8010:1:2::2")
