"""How a merchant looks and whom it names on its pay pages: settings, and the page's view of them.

Every text is held to what a merchant's name is held to (no bidi marks, nothing invisible, no mixed alphabets), because
a customer decides by them whether to trust the page.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from channels.addresses import normalise
from channels.catalogue import AddressKind
from compliance.colours import Colour, dark_shades, light_shades
from compliance.merchant_settings import Setting, Unfit, read, ruled
from compliance.setting_rules import colour, shown_text, web_address
from core.database import Session
from core.errors import InvalidField
from links.logos import LogoFacts, logo_facts


@dataclass(frozen=True, slots=True)
class Address:
    """A telephone number in international form, or an email address, as customers are told it."""

    kind: AddressKind

    @property
    def shape(self) -> dict[str, Any]:
        return {"type": "string", "format": self.kind.value}

    def taken(self, value: object) -> str:
        if not isinstance(value, str):
            raise Unfit("must be a text")
        try:
            # No country is assumed: customers may call from any.
            return normalise(self.kind, value, country="ZZ", pointer="")
        except InvalidField as error:
            raise Unfit(
                error.fields[0].detail
                if self.kind is AddressKind.EMAIL
                else "must be a telephone number with + and the country's code"
            ) from None


@dataclass(frozen=True, slots=True)
class Brand(Setting):
    """What customers see of the merchant beside its name. The logo is kept apart (`links.logos`)."""

    name: ClassVar[str] = "brand"
    accent: str | None = colour()
    legal_name: str | None = shown_text(length_max=120)
    support_phone: str | None = ruled(None, Address(AddressKind.PHONE))
    support_email: str | None = ruled(None, Address(AddressKind.EMAIL))
    support_url: str | None = web_address()
    terms_url: str | None = web_address()
    privacy_url: str | None = web_address()


@dataclass(frozen=True, slots=True)
class BrandView:
    """A brand as a page shows it. `bands` are the colours of the browser's own bar, in light and in dark."""

    brand: Brand = Brand()
    logo: LogoFacts | None = None

    @property
    def style(self) -> str | None:
        """The file name of its style sheet (`style_of`), where it has a colour."""
        accent = self.brand.accent
        return None if accent is None else f"accent-{accent.removeprefix('#')}.css"

    @property
    def bands(self) -> tuple[str, str] | None:
        made = Colour.of(self.brand.accent or "")
        return None if made is None else (light_shades(made).band.code, dark_shades(made).band.code)


# Of a merchant that has chosen nothing.
PLAIN: Final = BrandView()


async def brand_view(session: Session, merchant: str) -> BrandView:
    """The merchant's brand as it is now."""
    return BrandView(
        await read(session, merchant, Brand), await logo_facts(session, merchant=merchant)
    )


def shades_json(brand: Brand) -> dict[str, Any] | None:
    """The shades that a chosen colour becomes, for whoever chooses it to see."""
    made = Colour.of(brand.accent or "")
    if made is None:
        return None
    schemes = {"light": light_shades(made), "dark": dark_shades(made)}
    return {
        scheme: {
            "accent": shades.accent.code,
            "on_accent": shades.on_accent.code,
            "band": shades.band.code,
            "adjusted": shades.accent != made,
        }
        for scheme, shades in schemes.items()
    }
