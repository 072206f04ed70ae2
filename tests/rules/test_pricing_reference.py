"""The pricing function against one that is slow and obviously right."""

import pytest
import unit_by_unit
from baskets import EXAMPLES, THOROUGH, lines, promotions, roundings, shippings
from hypothesis import given, settings
from hypothesis import strategies as st

from trastienda.database.models.channel import Rounding
from trastienda.schemas.pricing import LineToPrice, PromotionToApply, ShippingToPrice
from trastienda.services.pricing import price

SMALL = 60
pytestmark = pytest.mark.timeout(3_600 if THOROUGH else 120)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(lines(SMALL, 6), max_size=5),
    shippings(SMALL),
    st.lists(promotions(SMALL), max_size=4),
    roundings,
)
def test_it_computes_what_counting_unit_by_unit_gives(
    basket: list[LineToPrice],
    shipping: ShippingToPrice | None,
    offers: list[PromotionToApply],
    rounding: Rounding,
) -> None:
    priced = price(basket, shipping, offers, rounding)

    assert unit_by_unit.price(basket, shipping, offers, rounding) == (
        [line.discount for line in priced.lines],
        [line.tax for line in priced.lines],
        priced.totals.shipping,
        priced.shipping_tax,
        priced.totals.total,
    )
