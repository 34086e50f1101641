"""Reads an address into the one form that it is stored, compared and sent to in.

Phones become E.164 (ITU-T E.164, `+447700900123`), emails what email-validator calls normalised. Two
addresses are the same when their forms are; nothing is guessed. What is stored is sealed, so addresses
are found by a keyed hash.
"""

import re
import unicodedata
from datetime import UTC, datetime
from typing import Final

import phonenumbers
import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email

from channels.catalogue import AddressKind
from compliance.vault import Vault
from core.database import Session, UtcDateTime, metadata
from core.errors import InvalidField

EMAIL_LENGTH_MAX: Final = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
_PHONE_LENGTH_MAX: Final = 40
_PHONE: Final = re.compile(r"\+?[0-9 ()./-]+")
_DEAR: Final = frozenset(
    {phonenumbers.PhoneNumberType.PREMIUM_RATE, phonenumbers.PhoneNumberType.SHARED_COST}
)
# The countries of numbering plans, by ISO 3166.
REGIONS: Final[frozenset[str]] = frozenset(phonenumbers.SUPPORTED_REGIONS)
_HANDLE: Final = re.compile(r"[A-Za-z0-9_.:@=+/-]{1,128}")
_RAW_LENGTH_MAX: Final = 64
# The subject of the key that all of a merchant's address hashes are made with.
_HASH_SUBJECT: Final = "addresses"
# When an address was "chosen" that its customer merely claims (`claimed_addresses`): before every other.
CLAIMED_AT: Final = datetime(1970, 1, 1, tzinfo=UTC)

addresses = sa.Table(
    "addresses",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("customer", sa.String(40), nullable=False, index=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("sealed", sa.Text, nullable=False),
    # Proven to be the customer's own, by more than somebody's word for it.
    sa.Column("verified", sa.Boolean, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    # When it was last given for this customer: the latest of a kind is the one to write to.
    sa.Column("chosen_at", UtcDateTime, nullable=False),
    # A household may share a telephone, so an address may belong to several customers, once to each.
    sa.UniqueConstraint("merchant", "kind", "hash", "customer"),
)


def normalise(kind: AddressKind, text: str, *, country: str, pointer: str) -> str:
    """The one form of the address. Raises `InvalidField` at the pointer, without repeating the input."""
    match kind:
        case AddressKind.PHONE:
            return _normalise_phone(text, country=country, pointer=pointer)
        case AddressKind.EMAIL:
            return _normalise_email(text, pointer=pointer)
        case _:
            return _checked_handle(text, pointer=pointer)


def normalise_seen(kind: AddressKind, text: str, *, country: str) -> str | None:
    """The form of an address that a network reports, or None for one that nobody can be written to at.

    Networks report telephones in E.164, and also short codes and sender names, which no customer has.
    """
    if kind is AddressKind.PHONE and not text.startswith("+"):
        return None
    try:
        return normalise(kind, text, country=country, pointer="")
    except InvalidField:
        return None


def regions_of(number: str) -> frozenset[str]:
    """The country of a number in E.164, or all that share its calling code where numbering plans do not tell.

    Empty for one of no country: satellites and the like (+870, +881, +882, +883, ...).
    """
    parsed = phonenumbers.parse(number)
    assert parsed.country_code is not None, "a number in E.164 begins with it"
    exact = phonenumbers.region_code_for_number(parsed)
    codes = phonenumbers.region_codes_for_country_code(parsed.country_code)
    return frozenset([exact] if exact is not None else codes) & REGIONS


def is_dear(number: str) -> bool:
    """Whether a number in E.164 costs whoever calls it more than others: premium-rate and shared-cost ones."""
    return phonenumbers.number_type(phonenumbers.parse(number)) in _DEAR


def raw_form(text: str) -> str:
    """A form for what cannot be normalised, so that it still has one conversation of its own."""
    return " ".join(text.split())[:_RAW_LENGTH_MAX].casefold()


def wire_email(address: str) -> str:
    """A normalised email as SMTP carries it: an international domain in its ASCII form (RFC 5891)."""
    ascii_form = validate_email(
        address, check_deliverability=False, allow_smtputf8=False, test_environment=True
    ).ascii_email
    assert ascii_form is not None, "without SMTPUTF8 every address has an ASCII form"
    return ascii_form


async def address_hash(
    session: Session, vault: Vault, *, merchant: str, kind: AddressKind, address: str, now: datetime
) -> str:
    """The keyed hash that a normalised address is found by. Letter case does not tell emails apart."""
    key = await vault.key(session, merchant, _HASH_SUBJECT, now=now)
    return key.mac(kind.value, address if kind.is_handle else address.casefold())


async def lock_address(session: Session, merchant: str, kind: AddressKind, hashed: str) -> None:
    """Holds the address: who it belongs to, what its owner consented to, and its thread.

    Taken after any link's lock. Several are taken in the order of their hashes.
    """
    await session.lock(f"address:{merchant}:{kind.value}:{hashed}")


def _checked_handle(text: str, *, pointer: str) -> str:
    """A network's own name for a customer, which is compared as it is."""
    if _HANDLE.fullmatch(text) is None:
        raise InvalidField(pointer, "This is no address of this channel.")
    return text


def _normalise_phone(text: str, *, country: str, pointer: str) -> str:
    plain = _plain_phone(text)
    if len(plain) > _PHONE_LENGTH_MAX or _PHONE.fullmatch(plain) is None:
        raise InvalidField(pointer, "A telephone number has digits, and a + in front if need be.")
    try:
        number = phonenumbers.parse(plain, country)
    except phonenumbers.NumberParseException:
        raise InvalidField(pointer, "This is no telephone number.") from None
    # Possible rather than valid: numbering plans move faster than any table of them, and the ranges kept for
    # fiction and tests are not in it. The carrier knows, and says so by a receipt.
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible != phonenumbers.ValidationResult.IS_POSSIBLE or number.extension is not None:
        raise InvalidField(pointer, "This is no telephone number that a message can go to.")
    kind = phonenumbers.number_type(number)
    if kind == phonenumbers.PhoneNumberType.PREMIUM_RATE:
        raise InvalidField(pointer, "Messages are not sent to premium-rate numbers.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _plain_phone(text: str) -> str:
    """ASCII digits, dashes and spaces for those of any script; without the marks that address books add."""
    plain = []
    for character in unicodedata.normalize("NFKC", text):
        digit = unicodedata.decimal(character, None)
        category = unicodedata.category(character)
        if digit is not None:
            plain.append(str(digit))
        elif category == "Pd":
            plain.append("-")
        elif category == "Zs":
            plain.append(" ")
        elif category != "Cf":
            plain.append(character)
    return "".join(plain).strip(" ")


def _normalise_email(text: str, *, pointer: str) -> str:
    if len(text) > EMAIL_LENGTH_MAX:
        raise InvalidField(pointer, f"An email address has at most {EMAIL_LENGTH_MAX} characters.")
    try:
        # Names below .test lead nowhere but to test set-ups (RFC 6761); refusing them would help nobody.
        found = validate_email(
            text, check_deliverability=False, allow_smtputf8=False, test_environment=True
        )
    except EmailNotValidError:
        raise InvalidField(pointer, "This is not one email address.") from None
    return found.normalized
