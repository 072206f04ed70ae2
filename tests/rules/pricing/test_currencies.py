"""Amounts are minor units: a currency of no, two, three or four decimals is priced the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from support.pricing.baskets import EXAMPLES, THOROUGH
from support.pricing.requests import cost, freight, line, offer

amounts = st.integers(0, 10**6)
percents = st.sampled_from(["0", "5.5", "10", "33.3333", "100"])
pytestmark = pytest.mark.timeout(3_600 if THOROUGH else 600)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(st.tuples(amounts, st.integers(1, 5), percents, st.booleans()), max_size=3),
    amounts,
    percents,
    st.sampled_from(["line", "unit", "document"]),
    st.sampled_from(["JPY", "KWD", "CLF"]),
)
def test_decimals_change_nothing(
    goods: list[tuple[int, int, str, bool]],
    delivery: int,
    percent: str,
    rounding: str,
    currency: str,
) -> None:
    lines = [line(price, n, rate, prices_include_tax=within) for price, n, rate, within in goods]
    offers = (offer("order_percent", percent=percent), offer("item_fixed", amount=delivery // 9))
    more = {"rounding": rounding, "shipping": freight(delivery, percent, included=False)}

    told = cost(lines, *offers, **more, currency=currency)

    parts = sum(it.total for it in told.lines) + told.shipping + told.shipping_tax
    assert told.total == parts == sum(step.amount for step in told.explanation)
    assert min(told.total, told.subtotal, told.discount, told.tax, told.net_total) >= 0
    euros = cost(lines, *offers, **more, currency="EUR")
    assert told == structs.replace(euros, currency=currency)
