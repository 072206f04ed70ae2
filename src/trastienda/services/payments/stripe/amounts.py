"""Amounts as Stripe counts them: its smallest units are not everywhere those of ISO 4217.

https://docs.stripe.com/currencies; nothing is rounded: what cannot be said exactly is refused.
"""

from trastienda.services.shared import currencies

_TIMES_100 = frozenset({"ISK", "UGX"})
"""They have no decimals, and are counted in hundredths all the same."""
_BY_100 = frozenset({"MGA"})
"""It has two decimals, and is counted in whole units."""
_THREE = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})
"""They have three decimals, of which the last one has to be 0."""
_MOST_DIGITS = 2
MOST = 99_999_999
"""Eight digits, in Stripe's units."""
_LEAST = {
    "AED": 200, "AUD": 50, "BGN": 100, "BRL": 50, "CAD": 50, "CHF": 50, "CZK": 1_500, "DKK": 250,
    "EUR": 50, "GBP": 30, "HKD": 400, "HUF": 17_500, "INR": 50, "JPY": 50, "MXN": 1_000,
    "MYR": 200, "NOK": 300, "NZD": 50, "PLN": 200, "RON": 200, "SEK": 300, "SGD": 50,
    "THB": 1_000, "USD": 50,
}  # fmt: skip
"""The least of a charge, in Stripe's units, where it says so."""


def to_stripe(amount: int, currency: str) -> int | None:
    """Convert the shop's minor units; None for what Stripe cannot say."""
    if currency in _TIMES_100:
        return amount * 100
    if currency in _BY_100:
        return None if amount % 100 else amount // 100
    if currency in _THREE:
        return None if amount % 10 else amount
    return amount if currencies.digits(currency) <= _MOST_DIGITS else None


def from_stripe(amount: int, currency: str) -> int:
    """Convert Stripe's units to the shop's. Raise ValueError for what the shop cannot say."""
    if currency in _BY_100:
        return amount * 100
    if currency not in _TIMES_100:
        return amount
    whole, rest = divmod(amount, 100)
    if rest:
        raise ValueError(amount)
    return whole


def chargeable(amount: int, currency: str) -> bool:
    """Say whether Stripe takes a charge of so much."""
    units = to_stripe(amount, currency)
    return units is not None and _LEAST.get(currency, 1) <= units <= MOST


def least(currency: str) -> int:
    """Return the least of a charge in the shop's minor units; 1 where Stripe says none."""
    return from_stripe(_LEAST.get(currency, 0), currency) or 1
