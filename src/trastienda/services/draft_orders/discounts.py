"""The discounts that staff grant, as pricing applies them: after all promotions. Pure."""

from decimal import Decimal

import msgspec

from trastienda.database.models.draft_orders.draft_order import DraftOrder
from trastienda.database.models.promotions.promotion import PromotionKind
from trastienda.schemas.carts.cart import CartRow
from trastienda.schemas.draft_orders.line import GrantedDiscount
from trastienda.schemas.pricing.pricing import PromotionToApply
from trastienda.services.draft_orders import lines
from trastienda.services.pricing.rounding import rate

BY_STAFF = "Discount by staff"


def of_whole(draft: DraftOrder) -> GrantedDiscount | None:
    """Return the discount of all lines together."""
    kept = draft.staff_discount
    return None if kept is None else msgspec.convert(kept, GrantedDiscount)


def granted(draft: DraftOrder, cart: CartRow) -> list[PromotionToApply]:
    """Return the discounts of lines, which know each other by their index, and then of all."""
    by_line = {line.id: line.staff_discount for line in lines.kept(draft.lines)}
    found = [
        _rule(discount, PromotionKind.ITEM_PERCENT, PromotionKind.ITEM_FIXED, {str(index)})
        for index, row in enumerate(cart.lines)
        if (discount := by_line.get(row.id))
    ]
    if whole := of_whole(draft):
        found.append(_rule(whole, PromotionKind.ORDER_PERCENT, PromotionKind.ORDER_FIXED, set()))
    return found


def _rule(
    discount: GrantedDiscount, by_percent: PromotionKind, by_amount: PromotionKind, refs: set[str]
) -> PromotionToApply:
    return PromotionToApply(
        name=BY_STAFF,
        kind=by_amount if discount.percent is None else by_percent,
        percent=rate(Decimal(discount.percent or 0)),
        amount=discount.amount or 0,
        refs=frozenset(refs),
        by_staff=True,
    )
