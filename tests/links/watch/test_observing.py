"""What a browser would run and obey of an answer, told by name."""

import pytest

from links.watch.comparing import DIFFERENCES_MAX, Difference, differences, not_accepted
from links.watch.observing import ITEMS_MAX, bounded, observe, sha384

POLICY = "script-src 'nonce-{}' https://psp.example"


def page(nonce: str, body: str = "", *, page_id: str = "pg_1") -> str:
    return (
        f'<script nonce="{nonce}" src="/a.js" type="module"></script>'
        f'<script type="application/json" id="c" nonce="{nonce}">'
        f'{{"page":"{page_id}","nonce":"{page_id}.x","base":"/p/1"}}</script>{body}'
    )


def seen(nonce: str, body: str = "", **changes: str) -> dict[str, str]:
    headers = {"content-security-policy": POLICY.format(nonce)}
    return observe(200, headers, page(nonce, body, **changes))


def test_two_views_with_their_own_nonces_are_the_same() -> None:
    assert seen("abc", page_id="pg_1") == seen("xyz", page_id="pg_2")


def test_a_script_with_another_nonce_than_the_policys_is_not_the_same() -> None:
    headers = {"content-security-policy": POLICY.format("abc")}
    assert observe(200, headers, page("abc")) != observe(200, headers, page("other"))


def test_the_configuration_counts_but_for_what_is_new_each_time() -> None:
    changed = page("abc").replace('"/p/1"', '"https://evil.example"')
    headers = {"content-security-policy": POLICY.format("abc")}
    assert ["script inline application/json c"] == [
        each.name
        for each in differences(observe(200, headers, page("abc")), observe(200, headers, changed))
    ]


def test_two_of_one_name_are_two() -> None:
    twice = seen("abc", "<script>1</script><script>2</script>")
    assert {"script inline plain", "script inline plain #2"} <= set(twice)


@pytest.mark.parametrize(
    "markup",
    [
        "<SCRIPT SRC=//evil.example/a.js></SCRIPT>",
        "<script/src='//evil.example/a.js'>",
        "<script src=//evil.example/a.js" + ">",
    ],
)
def test_markup_that_only_browsers_forgive_is_read_as_well(markup: str) -> None:
    assert "script //evil.example/a.js" in seen("abc", markup)


def test_a_page_of_endless_items_is_bounded_and_says_so() -> None:
    found = seen("abc", "<base>" * 1000)
    assert ITEMS_MAX < len(found) < ITEMS_MAX + 10
    assert "more" in found


def test_what_is_cut_off_a_long_value_cannot_change_unseen() -> None:
    assert bounded("a" * 5000 + "b") != bounded("a" * 5000 + "c")
    assert len(bounded("a" * 5000)) <= 1000
    assert "short" == bounded("short")


def test_hashes_are_written_as_integrity_writes_them() -> None:
    # https://www.w3.org/TR/sri/#integrity-metadata-description
    content = b"alert('Hello, world.');"
    assert "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO" == sha384(
        content
    )


def test_differences_say_what_came_went_and_changed_and_are_bounded() -> None:
    assert [
        Difference("removed", "a", "1", None),
        Difference("changed", "b", "1", "2"),
        Difference("added", "c", None, "1"),
    ] == differences({"a": "1", "b": "1"}, {"b": "2", "c": "1"})
    many = differences({}, {str(number): "1" for number in range(200)})
    assert DIFFERENCES_MAX + 1 == len(many)
    assert "150 differences" == many[-1].found


def test_accepted_is_exactly_what_was_accepted() -> None:
    accepted = [Difference("added", "header link", None, "a")]
    assert [] == not_accepted(accepted, accepted)
    assert 1 == len(not_accepted([Difference("added", "header link", None, "b")], accepted))
