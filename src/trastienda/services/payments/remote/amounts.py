"""Amounts as providers write them: decimals of major units, exact or not at all. Pure."""

from collections.abc import Mapping
from decimal import Decimal

from trastienda.database.models.payments.payment import PaymentUnclear
from trastienda.services.shared import currencies

NOT_PAYABLE = "amount_not_payable"
"""The reason of a refusal before anybody is asked: the provider cannot write the amount down."""
_LARGEST = 18
"""Digits of an amount that the shop can hold."""


def major(amount: int, currency: str, decimals: Mapping[str, int]) -> Decimal | None:
    """Write minor units as a provider does, with as many decimals as it takes.

    None: it does not take the currency, nothing is to be paid, or the amount would be rounded.
    """
    if currency not in decimals or amount <= 0:
        return None
    left_over = currencies.digits(currency) - decimals[currency]
    if left_over > 0 and amount % 10**left_over:
        return None
    units = amount // 10**left_over if left_over > 0 else amount * 10**-left_over
    return Decimal(units).scaleb(-decimals[currency])


def least(currency: str, decimals: Mapping[str, int]) -> int:
    """Return the smallest amount that a provider can write, in minor units: 100 of HUF, say."""
    left_over = currencies.digits(currency) - decimals.get(currency, 0)
    return int(10**left_over) if left_over > 0 else 1


def minor(value: Decimal, currency: str) -> int:
    """Read an amount that a provider wrote. Raise PaymentUnclear if it is none of the currency."""
    if not value.is_finite() or value.adjusted() > _LARGEST:
        raise PaymentUnclear
    scaled = value.scaleb(currencies.digits(currency))
    if scaled != scaled.to_integral_value():
        raise PaymentUnclear
    return int(scaled)
