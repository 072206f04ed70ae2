"""Gift cards in a basket: they cost what they are worth, and the goods what they cost without."""

from hypothesis import given, settings
from hypothesis import strategies as st
from support.pricing.baskets import lines, promotions, roundings, shippings

from trastienda.database.models.channels.channel import Rounding
from trastienda.schemas.pricing.pricing import (
    LineToPrice,
    PricedLine,
    PromotionToApply,
    ShippingToPrice,
)
from trastienda.services.pricing import price

GOODS = st.lists(lines(), max_size=4)
OFFERS = st.lists(promotions(), max_size=3)


@given(GOODS, shippings(), OFFERS, roundings)
@settings(max_examples=150, deadline=None)
def test_gift_cards_change_nothing_of_what_goods_cost(
    goods: list[LineToPrice],
    shipping: ShippingToPrice | None,
    offers: list[PromotionToApply],
    rounding: Rounding,
) -> None:
    ref = goods[0].ref if goods else "card"
    card = LineToPrice(unit_price=5_000, quantity=2, rate=0, ref=ref, voucher=True)

    alone = price(goods, shipping, offers, rounding)
    beside = price([card, *goods], shipping, offers, rounding)

    assert beside.lines == [PricedLine(10_000, 0, 0, 10_000), *alone.lines]
    assert beside.taxed_shipping == alone.taxed_shipping
    assert beside.totals.total == alone.totals.total + 10_000
    assert beside.totals.discount == alone.totals.discount
