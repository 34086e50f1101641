"""A cache whose values grow old, and which never grows beyond its bound."""

from core.aging import Aging


class Watch:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_a_value_is_held_until_it_is_too_old_however_often_it_is_asked_for() -> None:
    watch = Watch()
    cache = Aging[str, int](seconds=60, most=10, ticks=watch)
    cache.put("a", 1)
    for _ in range(3):
        watch.seconds += 19.9
        assert cache.get("a") == 1
    watch.seconds += 0.4
    assert cache.get("a") is None
    cache.put("a", 2)
    watch.seconds += 59
    assert cache.get("a") == 2


def test_beyond_its_bound_the_oldest_goes() -> None:
    cache = Aging[str, int](seconds=60, most=2)
    for key in ("a", "b", "a", "c"):
        cache.put(key, 1)
    assert [cache.get(key) for key in ("a", "b", "c")] == [1, None, 1]


def test_what_is_dropped_is_gone_at_once() -> None:
    cache = Aging[str, int](seconds=60, most=2)
    cache.put("a", 1)
    cache.drop("a")
    cache.drop("unknown")
    assert cache.get("a") is None
