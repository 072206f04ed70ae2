"""Lines of draft orders: from what staff write to what is kept."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from trastienda.database.db import Session
from trastienda.database.models.carts.cart import MOST_LINES, CartFull
from trastienda.database.models.draft_orders.draft_order import (
    DiscountUnclear,
    DraftOrder,
    DraftOrderEmpty,
    DraftOrderSkuTwice,
    GiftCardPriceFixed,
    PriceReasonMissing,
)
from trastienda.schemas.draft_orders.line import (
    CustomDraftLine,
    DraftLine,
    GrantedDiscount,
    StaffDiscount,
    StoredLine,
)
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.line import CustomGoods
from trastienda.services.carts import trial
from trastienda.services.taxes import classes


def kept(rows: Iterable[dict[str, Any]]) -> list[StoredLine]:
    """Return the lines of a draft order as they are kept."""
    return msgspec.convert(list(rows), list[StoredLine])


def units(draft: DraftOrder) -> Counter[UUID]:
    """Count the units of each variant in a draft order."""
    found: Counter[UUID] = Counter()
    for line in kept(draft.lines):
        if line.variant_id is not None:
            found[line.variant_id] += line.quantity
    return found


async def goods(
    session: Session,
    lines: Sequence[DraftLine],
    before: Sequence[StoredLine],
    currency: str,
    context: Context,
) -> list[StoredLine]:
    """Return lines of what is in the shop; one that says the same of a price keeps who set it.

    Raise SkuUnknown, DraftOrderSkuTwice, GiftCardPriceFixed, PriceReasonMissing or DiscountUnclear.
    """
    found = await trial.variants(session, currency, [line.sku for line in lines])
    if len(found) < len(lines):
        raise DraftOrderSkuTwice(pointer="/lines")
    repriced = [line.sku for line in lines if line.unit_price is not None or line.staff_discount]
    if vouchers := await trial.gift_cards(session, repriced):
        raise GiftCardPriceFixed(sku=min(vouchers))
    known = {line.sku: line for line in before if line.custom is None}
    stored = []
    for index, line in enumerate(lines):
        if (line.unit_price is None) != (line.reason is None):
            raise PriceReasonMissing(pointer=f"/lines/{index}/reason")
        old = known.get(line.sku)
        same = old is not None and (old.unit_price, old.reason) == (line.unit_price, line.reason)
        stored.append(
            StoredLine(
                id=old.id if old else uuid7(),
                variant_id=found[line.sku],
                sku=line.sku,
                quantity=line.quantity,
                unit_price=line.unit_price,
                reason=line.reason,
                by=(old.by if old and same else context.by) if line.reason else None,
                staff_discount=granted(
                    line.staff_discount,
                    old.staff_discount if old else None,
                    f"/lines/{index}/staff_discount",
                    context,
                ),
            )
        )
    return stored


async def custom(
    session: Session,
    lines: Sequence[CustomDraftLine],
    before: Sequence[StoredLine],
    context: Context,
) -> list[StoredLine]:
    """Return lines of what is not in the shop. Raise TaxClassUnknown or DiscountUnclear."""
    await classes.expect_known(session, [line.tax_class for line in lines], "/custom_lines")
    known = {line.title: line for line in before if line.custom is not None}
    stored = []
    for index, line in enumerate(lines):
        old = known.pop(line.title, None)
        stored.append(
            StoredLine(
                id=old.id if old else uuid7(),
                variant_id=None,
                sku=line.sku,
                quantity=line.quantity,
                unit_price=line.unit_price,
                title=line.title,
                custom=CustomGoods(line.tax_class, line.requires_shipping),
                staff_discount=granted(
                    line.staff_discount,
                    old.staff_discount if old else None,
                    f"/custom_lines/{index}/staff_discount",
                    context,
                ),
            )
        )
    return stored


def granted(
    discount: StaffDiscount | None, before: GrantedDiscount | None, pointer: str, context: Context
) -> GrantedDiscount | None:
    """Return a discount as it is kept; one that says the same keeps who granted it.

    Raise DiscountUnclear.
    """
    if discount is None:
        return None
    nothing = not (discount.amount or Decimal(discount.percent or 0))
    if nothing or (discount.percent is None) == (discount.amount is None):
        raise DiscountUnclear(pointer=pointer)
    now = discount.percent, discount.amount, discount.reason
    if before is not None and (before.percent, before.amount, before.reason) == now:
        return before
    return GrantedDiscount(
        percent=discount.percent, amount=discount.amount, reason=discount.reason, by=context.by
    )


def together(goods: Sequence[StoredLine], custom: Sequence[StoredLine]) -> list[dict[str, Any]]:
    """Return all lines as they are written. Raise DraftOrderEmpty or CartFull."""
    both = [*goods, *custom]
    if not both:
        raise DraftOrderEmpty(pointer="/lines")
    if len(both) > MOST_LINES:
        raise CartFull
    written: list[dict[str, Any]] = msgspec.to_builtins(both)
    return written
