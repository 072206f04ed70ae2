"""Discounts of staff come last, beside any promotion, and never take more than there is."""

from decimal import Decimal

from trastienda.database.models.promotions.promotion import PromotionKind
from trastienda.schemas.pricing.pricing import LineToPrice, PromotionToApply
from trastienda.services.pricing import price
from trastienda.services.pricing.rounding import rate

HALF = rate(Decimal(50))
LINES = [LineToPrice(1_000, 2, 0, ref="0"), LineToPrice(300, 1, 0, ref="1")]


def granted(kind: PromotionKind, **facts: object) -> PromotionToApply:
    return PromotionToApply(name="Discount by staff", kind=kind, by_staff=True, **facts)  # type: ignore[arg-type]


def test_they_apply_beside_an_exclusive_promotion_and_after_it() -> None:
    alone = PromotionToApply(name="Sale", kind=PromotionKind.ORDER_PERCENT, percent=HALF)
    exclusive = PromotionToApply(
        name="Only this", kind=PromotionKind.ITEM_FIXED, amount=100, exclusive=True
    )
    whole = granted(PromotionKind.ORDER_PERCENT, percent=HALF)

    priced = price(LINES, None, [whole, alone, exclusive])

    assert [it.name for it in priced.taken] == ["Only this", "Discount by staff"]
    assert [it.total for it in priced.lines] == [900, 100]


def test_an_amount_takes_a_line_to_nothing_and_no_further() -> None:
    off_units = granted(PromotionKind.ITEM_FIXED, amount=5_000, refs=frozenset({"0"}))
    off_all = granted(PromotionKind.ORDER_FIXED, amount=250)

    priced = price(LINES, None, [off_units, off_all])

    assert [it.total for it in priced.lines] == [0, 50]
    assert priced.totals.discount == 2_250
