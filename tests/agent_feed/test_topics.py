"""Topics are read strictly, and reading one grants nothing."""

import pytest

from agent_feed.topics import (
    TOPICS_MAX,
    Everything,
    Mine,
    OfCustomer,
    OfLink,
    Team,
    Topic,
    read_topic,
    read_topics,
)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("mine", Mine()),
        ("team", Team()),
        ("all", Everything()),
        ("customer:cus_1", OfCustomer("cus_1")),
        ("link:lnk_1", OfLink("lnk_1")),
    ],
)
def test_each_topic_of_the_contract_is_read(text: str, topic: Topic) -> None:
    assert topic == read_topic(text)


@pytest.mark.parametrize(
    "text", ["", "Mine", "mine ", "payment:pay_1", "link:", "link", "customer:" + "x" * 41]
)
def test_what_is_no_topic_is_none(text: str) -> None:
    assert read_topic(text) is None


def test_a_topic_named_twice_counts_once_and_the_order_stays() -> None:
    assert (OfLink("lnk_1"), Mine()) == read_topics(["link:lnk_1", "mine", "link:lnk_1"])


@pytest.mark.parametrize("texts", [[], ["mine", 7], ["mine", "nonsense"], ["mine"] * 51])
def test_a_list_with_anything_else_in_it_is_refused_as_a_whole(texts: list[object]) -> None:
    assert read_topics(texts) is None


def test_as_many_topics_as_may_be_are_read() -> None:
    texts = [f"link:lnk_{number}" for number in range(TOPICS_MAX)]
    found = read_topics(texts)
    assert found is not None
    assert len(found) == TOPICS_MAX
