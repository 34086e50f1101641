"""A secret that was replaced signs along for a day, each for its own."""

from agent_feed.webhooks.secrets_in_use import first_secret, rotated, secrets_in_use
from tests.agent_feed.webhooks.stand import Stand


class Keeper:
    """An endpoint's sealed secrets."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self.sealed = ""

    async def first(self) -> str:
        async with self.stand.database.transaction() as session:
            secret, self.sealed = await first_secret(
                session, self.stand.vault, self.stand.merchant, now=self.stand.clock()
            )
        return secret

    async def rotate(self) -> str:
        async with self.stand.database.transaction() as session:
            secret, self.sealed = await rotated(
                session,
                self.stand.vault,
                self.stand.merchant,
                self.sealed,
                now=self.stand.clock(),
            )
        return secret

    async def in_use(self) -> list[str]:
        async with self.stand.database.snapshot() as session:
            return list(
                await secrets_in_use(session, self.stand.vault, self.sealed, now=self.stand.clock())
            )


async def test_both_secrets_sign_for_a_day_the_new_one_first(stand: Stand) -> None:
    keeper = Keeper(stand)
    old = await keeper.first()
    new = await keeper.rotate()
    assert [new, old] == await keeper.in_use()
    stand.clock.advance(hours=23, minutes=59)
    assert [new, old] == await keeper.in_use()
    stand.clock.advance(minutes=2)
    assert [new] == await keeper.in_use()


async def test_a_second_change_within_the_day_shortens_nobodys_time(stand: Stand) -> None:
    keeper = Keeper(stand)
    first = await keeper.first()
    second = await keeper.rotate()
    stand.clock.advance(hours=20)
    third = await keeper.rotate()
    assert [third, second, first] == await keeper.in_use()
    stand.clock.advance(hours=5)
    assert [third, second] == await keeper.in_use()
    stand.clock.advance(hours=20)
    assert [third] == await keeper.in_use()


async def test_a_secret_changed_over_and_over_leaves_a_bounded_number(stand: Stand) -> None:
    keeper = Keeper(stand)
    secrets = [await keeper.first()] + [await keeper.rotate() for _ in range(8)]
    assert secrets[:3:-1] == await keeper.in_use()


async def test_no_secret_is_readable_where_it_is_kept(stand: Stand) -> None:
    keeper = Keeper(stand)
    secret = await keeper.first()
    assert secret.removeprefix("whsec_") not in keeper.sealed
    assert keeper.sealed.startswith("v1.")
