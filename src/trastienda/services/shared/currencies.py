"""The currencies, and how their amounts are written."""

import re
from copy import copy
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale as Language
from babel.numbers import NumberPattern, list_currencies

from trastienda.database.models.shared.text import Locale
from trastienda.errors import Invalid

KNOWN = frozenset(list_currencies())
"""The currencies of ISO 4217, as listed by the Unicode CLDR."""

# The minor units of ISO 4217. The CLDR has digits too, but those of everyday use: none for the
# Serbian dinar, although its amounts are in hundredths.
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_DIGITS = {
    **dict.fromkeys(_NONE.split(), 0),
    **dict.fromkeys(_THREE.split(), 3),
    "CLF": 4,
    "UYW": 4,
}

_MOST_HAVE = 2

_TOUCHING = re.compile(r"(?<=[^\W\d_])(?=\d)")  # `KWD2.990`: the CLDR's currencySpacing


def check(currency: str, pointer: str) -> None:
    """Raise NoSuchCurrency, with the field."""
    if currency not in KNOWN:
        raise NoSuchCurrency(currency=currency, pointer=pointer)


@lru_cache(8_192)
def written(amount: int, currency: str, locale: Locale) -> str:
    """Format an amount in minor units for people: 1250 EUR is `€12.50` or `12,50 €`.

    Babel takes 40 µs and more, and a list shows the same amounts again and again.
    """
    decimals = digits(currency)
    value = Decimal(amount).scaleb(-decimals)
    pattern = _pattern(locale, decimals)
    text = pattern.apply(value, locale.value, currency, currency_digits=False)
    return _TOUCHING.sub("\u00a0", text)


def digits(currency: str) -> int:
    """Return the number of decimals of a currency."""
    return _DIGITS.get(currency, _MOST_HAVE)


def digits_sql(column: str) -> str:
    """Return an SQL expression for `digits` of a column."""
    cases = "".join(f" WHEN '{known}' THEN {number}" for known, number in _DIGITS.items())
    return f"(CASE {column}{cases} ELSE {_MOST_HAVE} END)"


@cache
def _pattern(locale: Locale, decimals: int) -> NumberPattern:
    pattern: NumberPattern = copy(Language.parse(locale.value).currency_formats["standard"])
    pattern.frac_prec = (decimals, decimals)
    return pattern


class NoSuchCurrency(Invalid):
    """There is no such currency (ISO 4217)."""
