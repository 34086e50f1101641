"""Passwords that guessers try first, by the word that is left when digits, signs and look-alikes are taken away."""

from typing import Final

_LOOKALIKES: Final = str.maketrans(
    {"@": "a", "4": "a", "3": "e", "1": "i", "!": "i", "0": "o", "$": "s", "5": "s"}
)
_TEXT: Final = """
password passwort motdepasse contrasena senha letmein letmeinnow welcome welcomehome changeme changemenow
qwerty qwertyuiop qwertzuiop azertyuiop asdfghjkl zxcvbnm qazwsx qazwsxedc abc abcd abcdef abcdefgh abcdefghij
admin administrator root superuser supervisor sysadmin default secret topsecret test testing tester testuser
iloveyou sunshine princess football baseball basketball superman batman starwars pokemon dragon monkey master
trustno trustnoone whatever freedom shadow michael jennifer jessica charlie donald london liverpool chelsea
arsenal summer winter spring autumn january february monday friday company login access server computer
internet paythread payment payments paymentlink callcentre callcenter contactcentre contactcenter agent
correcthorsebatterystaple
"""
_WORDS: Final = frozenset(_TEXT.split())


_AROUND: Final = "0123456789!@#$%^&*()-_=+.,;:?/ "


def is_common(password: str) -> bool:
    """Whether it is one of those words, whatever digits and signs stand around it, once or repeated."""
    folded = password.casefold()
    # What stands around a word is taken away first: a digit there stands for no letter.
    readings = (folded, folded.translate(_LOOKALIKES), folded.strip(_AROUND).translate(_LOOKALIKES))
    words = {"".join(c for c in reading if c.isalpha()) for reading in readings}
    return any(word in _WORDS or _is_repeated(word) for word in words)


def _is_repeated(letters: str) -> bool:
    return any(
        len(letters) % size == 0
        and letters[:size] in _WORDS
        and letters == letters[:size] * (len(letters) // size)
        for size in range(3, len(letters) // 2 + 1)
    )
