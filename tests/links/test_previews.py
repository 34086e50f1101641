"""A preview says what the message says."""

from core.money import Currency, Money
from links.previews import PreviewDraft, preview
from tests.links.conftest import Shop


async def test_a_messengers_button_is_shown_beside_the_text(shop: Shop) -> None:
    draft = PreviewDraft(
        channel="whatsapp",
        amount=Money(4999, Currency.of("EUR")),
        description=None,
        locale="fr",
        template=None,
    )
    async with shop.database.snapshot() as session:
        shown = await preview(
            session, shop.vault, shop.agent, draft, pay_url="https://pay.acme.test"
        )
    assert "Payer 49,99 €" == shown["button"]
    assert shown["text"].endswith("https://pay.acme.test/p/…")
    assert shown["html"] is None
