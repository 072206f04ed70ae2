"""The pricing function against one that is slow and obviously right."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.pricing import unit_by_unit
from support.pricing.baskets import EXAMPLES, THOROUGH, lines, promotions, roundings, shippings

from trastienda.database.models.channels.channel import Rounding
from trastienda.database.models.promotions.promotion import PromotionKind
from trastienda.schemas.pricing.pricing import LineToPrice, PromotionToApply, ShippingToPrice
from trastienda.services.pricing import price

SMALL = 60
pytestmark = pytest.mark.timeout(3_600 if THOROUGH else 600)


@example(
    [LineToPrice(price, count, 0) for price, count in ((23, 1), (29, 4), (1, 1), (0, 1))],
    None,
    [
        PromotionToApply(
            name="three are free, and the most they may take leaves two equal fractions",
            kind=PromotionKind.BUY_X_GET_Y,
            percent=10**10,
            buy=1,
            get=1,
            max_discount=12,
        )
    ],
    Rounding.LINE,
)
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
