"""Amounts as decimals, and the unit price that a subtotal comes from. Exact: no float."""

from decimal import ROUND_HALF_UP, Decimal

from trastienda.services.shared import currencies

FINEST = 12
"""Decimals below the currency's own: enough for any quantity."""


def decimal(amount: int, currency: str) -> Decimal:
    """Return an amount of minor units in the currency itself: 1250 is 12.50 EUR, or 1250 JPY."""
    return Decimal(amount).scaleb(-currencies.digits(currency))


def plain(value: Decimal) -> str:
    """Write a decimal without an exponent."""
    return f"{value:f}"


def unit_price(subtotal: int, quantity: int, currency: str) -> str:
    """Return the price of a unit with as few decimals as give the subtotal again.

    Three for 10.00 EUR at 21 % included are 24.79 without tax: 8.263 each, which is 24.789.
    """
    cent = Decimal(1).scaleb(-currencies.digits(currency))
    whole = decimal(subtotal, currency)
    for finer in range(FINEST):
        each = (whole / quantity).quantize(cent.scaleb(-finer), ROUND_HALF_UP)
        if (each * quantity).quantize(cent, ROUND_HALF_UP) == whole:
            break
    return plain(each)
