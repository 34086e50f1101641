"""Card data is nowhere: not in a database, a log, the journal, a message, the simulators, nor on the wire to us."""

from pathlib import Path

import pytest

from tests.e2e import search
from tests.e2e.agent import Agent
from tests.e2e.customer import CODE, DECLINED, GOOD, Customer
from tests.e2e.demo import Used
from tests.e2e.search import Place

TOKEN = "Zm9vYmFyYmF6cXV4cXV1eA"


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_no_card_number_and_no_security_code_is_found_anywhere(
    agent: Agent, customer: Customer
) -> None:
    """After a decline and a payment, and all that ran before: every file, table, log, frame and request is clean."""
    demo = agent.demo
    link = await agent.new_link()
    page = await customer.follow_sms(str((await demo.get(f"/v1/links/{link}"))["url"]))
    await page.pay(DECLINED)
    await agent.sees("payment.declined")
    await page.pay()
    await page.has_receipt()
    await agent.sees("payment.paid")
    used = demo.used
    assert {GOOD, DECLINED} <= used.numbers
    assert {CODE} == used.codes
    assert used.tokens
    # What is searched holds what it should: else nothing found would mean nothing.
    whole = "\n".join(
        place.text
        for place in search.places(demo.folder, demo.output, demo.database_url, used.seen)
    )
    for known in (link, "pm_", "payment.paid", '"field_completed"', "/attempts", "4242"):
        assert known in whole, known
    assert [] == search.findings(demo)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("number=4242424242424242&", ["card number …4242 in a file"]),
        ("4242 4242 4242 4242", ["card number …4242 in a file"]),
        ("4242-4242-4242-4242", ["card number …4242 in a file"]),
        ("ends 4242", []),
        ('{"cvc": "831"}', ["security code in a file"]),
        ("card[cvc]=831&exp=1", ["security code in a file"]),
        ("831", ["security code in a file"]),
        ("at 12:00:00.831Z, pi_831x", []),
    ],
)
def test_the_search_finds_what_it_looks_for(text: str, expected: list[str]) -> None:
    """A search that cannot find proves nothing."""
    used = Used(numbers={GOOD}, codes={CODE})
    assert expected == search.search(iter([Place("a file", text)]), used)


def test_the_search_looks_into_databases_logs_and_traffic(tmp_path: Path) -> None:
    """A number in a table, a token in a log and a code on the wire are each named."""
    import sqlite3

    folder = tmp_path / "data"
    folder.mkdir()
    connection = sqlite3.connect(folder / "sandbox.sqlite")
    connection.execute("CREATE TABLE cards (id INTEGER, number TEXT, code BLOB)")
    connection.execute("INSERT INTO cards VALUES (831, ?, ?)", (GOOD, CODE.encode()))
    connection.commit()
    connection.close()
    (folder / "service.log").write_text(f"GET /p/{TOKEN}\n")
    terminal = tmp_path / "terminal.txt"
    terminal.write_text("Ctrl-C stops everything.\n")
    url = f"sqlite:///{folder / 'paythread.sqlite'}"
    used = Used(numbers={GOOD}, codes={CODE}, tokens={TOKEN})
    found = search.search(search.places(folder, terminal, url, ["cvc=831&"]), used)
    assert [
        "card number …4242 in sandbox.sqlite",
        "card number …4242 in database sandbox.sqlite",
        "security code in database sandbox.sqlite",
        "link token in service.log",
        "security code in what went between the browsers and the service",
    ] == found
