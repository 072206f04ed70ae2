"""Stock and discounts promised to an order and given back, with the cards that show stock."""

from collections import Counter
from uuid import UUID

from msgspec import UNSET

from trastienda.database.db import Session
from trastienda.database.models.stock import OutOfStock
from trastienda.database.models.text import Locale
from trastienda.schemas.order import OrderDraft, OrderLineView
from trastienda.schemas.problem import CartProblem
from trastienda.schemas.terms import Terms
from trastienda.services import cards, promotion_uses, stock
from trastienda.titles import kind, title


async def hold(session: Session, draft: OrderDraft, terms: Terms) -> None:
    """Promise all lines of an order or raise OutOfStock, naming the lines that lack stock.

    Raise CouponUsedUp, CouponUsedUpByYou or PromotionUsedUp when a discount cannot be had any more.
    When the last unit of a variant goes, its product's card is written anew.
    """
    wanted: Counter[UUID] = Counter()
    for line in draft.lines:
        if line.variant_id is not None:
            wanted[line.variant_id] += line.quantity
    rows = await stock.reserve(session, draft.id, wanted, terms)
    free = {variant_id: before for variant_id, want, taken, before in rows if taken < want}
    if free:
        short = [line for line in draft.lines if line.variant_id in free]
        raise OutOfStock(problems=[_problem(line, free, terms.locale) for line in short])
    await promotion_uses.take(session, draft, terms.asked_at)
    gone = {variant_id for variant_id, _, taken, before in rows if taken == before}
    pairs = zip(draft.lines, draft.product_ids, strict=True)
    if sold_out := {product_id for line, product_id in pairs if line.variant_id in gone}:
        await cards.refresh(session, sold_out)


async def give_back(session: Session, source_id: UUID, terms: Terms) -> None:
    """Release what an order was promised; what had been sold out can be had again."""
    back = await stock.release(session, source_id, terms)
    await promotion_uses.give_back(session, source_id)
    if back:
        await cards.refresh(session, back)


def _problem(line: OrderLineView, free: dict[UUID, int], locale: Locale) -> CartProblem:
    return CartProblem(
        type=kind(OutOfStock),
        title=title(OutOfStock, locale),
        line_id=UNSET,
        sku=line.sku,
        available=free[line.variant_id] if line.variant_id else 0,
    )
