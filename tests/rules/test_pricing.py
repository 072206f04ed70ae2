"""What a cart costs: whatever is in it, the parts add up, and nothing is negative."""

import os
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from trastienda.schemas.pricing import LineToPrice
from trastienda.services.pricing import price, tax_within

EXAMPLES = 20_000 if os.environ.get("FUZZ") else 500
amounts = st.integers(0, 10**12)
rates = st.decimals(0, 100, places=4)
lines = st.lists(st.builds(LineToPrice, amounts, st.integers(1, 9_999)), max_size=20)


@settings(max_examples=EXAMPLES, deadline=None)
@given(lines, amounts, rates)
def test_the_parts_add_up(basket: list[LineToPrice], shipping: int, rate: Decimal) -> None:
    priced = price(basket, shipping, rate)

    totals = priced.totals
    assert totals.total == totals.subtotal - totals.discount + totals.shipping + totals.tax_added
    assert totals.total == sum(line.total for line in priced.lines) + shipping
    assert totals.tax == totals.tax_included + totals.tax_added
    assert totals.tax == sum(line.tax for line in priced.lines) + tax_within(shipping, rate)
    assert all(0 <= line.tax <= line.total for line in priced.lines)


@settings(max_examples=EXAMPLES, deadline=None)
@given(amounts, rates)
def test_tax_is_rounded_half_up(amount: int, rate: Decimal) -> None:
    exact = Fraction(amount) * Fraction(rate) / (100 + Fraction(rate))

    tax = tax_within(amount, rate)

    assert -Fraction(1, 2) < tax - exact <= Fraction(1, 2)


def test_tax_within_a_price_by_hand() -> None:
    assert tax_within(2_500, Decimal(21)) == 434  # 433.88
    assert tax_within(1_000, Decimal(19)) == 160  # 159.66
    assert tax_within(105, Decimal(5)) == 5
    assert tax_within(3, Decimal(20)) == 1  # 0.5 goes up
    assert tax_within(0, Decimal(21)) == 0
    assert tax_within(999, Decimal(0)) == 0
