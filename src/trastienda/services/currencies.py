"""Which currencies there are."""

from babel.numbers import list_currencies

from trastienda.errors import Invalid

KNOWN = frozenset(list_currencies())
"""ISO 4217, as the Unicode CLDR lists them."""


def check(currency: str, pointer: str) -> None:
    if currency not in KNOWN:
        raise NoSuchCurrency(currency=currency, pointer=pointer)


class NoSuchCurrency(Invalid):
    """There is no such currency (ISO 4217)."""
