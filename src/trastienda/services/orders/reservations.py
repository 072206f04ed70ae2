"""Stock and discounts promised to an order and given back, with the cards that show stock."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Row, Session, prepared, together
from trastienda.database.driver import Call
from trastienda.database.models.orders.order import Order
from trastienda.database.models.shared.text import Locale
from trastienda.database.models.stock.stock import OutOfStock
from trastienda.errors import Conflict
from trastienda.schemas.orders.order import OrderDraft, OrderLineView
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.problem import CartProblem
from trastienda.services.catalogue import cards
from trastienda.services.credit import holds as credit_holds
from trastienda.services.promotions import uses as promotion_uses
from trastienda.services.stock import parcels, reserved, stock
from trastienda.titles import kind, title

_NAMES = prepared("SELECT id, sku, product_id FROM variants WHERE id = ANY (%(variants)s)")


async def reserve(
    session: Session, draft: OrderDraft, context: Context, held: Mapping[UUID, int] | None = None
) -> None:
    """Promise all goods of an order or raise OutOfStock, naming the lines that lack stock.

    `held` are the units by variant that are reserved under its id already; gift cards have none.
    Raise CouponUsedUp, CouponUsedUpByYou or PromotionUsedUp when a discount cannot be had any more,
    and CreditSpent when a gift card or store credit does not hold what it is to pay.
    When the last unit of a variant goes, its product's card is written anew.
    """
    calls = reserving(session, draft, context, held)
    answers = await together(session, *calls) if calls else []
    rows = [row for answer in answers for row in answer.rows]
    await complete(session, draft, rows, context)
    await show(session, draft, rows)


def reserving(
    session: Session, draft: OrderDraft, context: Context, held: Mapping[UUID, int] | None = None
) -> list[Call]:
    """Return the statement that reserves the stock of an order, if it needs any.

    Its rows are for `complete`. It can be sent together with what places the order
    (`placing.reserve_and_place`).
    """
    wanted: Counter[UUID] = Counter()
    for line in draft.lines:
        if line.variant_id is not None and not line.gift_card:
            wanted[line.variant_id] += line.quantity
    wanted -= Counter(held or {})
    return [stock.reserving(session, draft.id, wanted, context)] if wanted else []


async def complete(
    session: Session, draft: OrderDraft, rows: Sequence[Row], context: Context
) -> None:
    """Raise OutOfStock if stock lacks, and promise what else an order needs, as `reserve` does."""
    free = {variant_id: before for variant_id, want, taken, before, *_ in rows if taken < want}
    if free:
        short = [line for line in draft.lines if line.variant_id in free]
        raise OutOfStock(problems=[_problem(line, free, context.locale) for line in short])
    await promotion_uses.redeem(session, draft, context.asked_at)
    await credit_holds.hold(session, draft.id, draft.tenders, context.asked_at)


async def show(session: Session, draft: OrderDraft, rows: Sequence[Row]) -> None:
    """Write the cards of products anew whose last units were reserved."""
    gone = {variant_id for variant_id, _, taken, before, *_ in rows if taken == before}
    pairs = zip(draft.lines, draft.product_ids, strict=True)
    if sold_out := {product_id for line, product_id in pairs if line.variant_id in gone}:
        await cards.refresh(session, {it for it in sold_out if it is not None})


async def adjust(
    session: Session, source_id: UUID, needed: Counter[UUID], context: Context
) -> None:
    """Reserve what is needed more of each variant, and release what is needed less.

    The caller has what they are reserved for locked. Raise OutOfStock, naming what is short.
    """
    more, less = +needed, -needed
    products: set[UUID] = set()
    if less:
        products |= await stock.release_units(session, source_id, less, context)
    if more:
        extra = uuid7()  # then merged: there is one reservation of a stock row
        (answer,) = await together(session, stock.reserving(session, extra, more, context))
        taken = answer.rows
        rows = await _NAMES.rows(session, variants=list(more))
        names = {variant_id: (sku, product_id) for variant_id, sku, product_id in rows}
        short = {variant_id: free for variant_id, want, got, free in taken if got < want}
        if short:
            problems = [_short(names[it][0], free, context.locale) for it, free in short.items()]
            raise OutOfStock(problems=problems)
        await parcels.put_back(session, source_id, extra)
        products |= {names[it][1] for it, _, got, free in taken if got == free}
    if products:
        await cards.refresh(session, products)


async def hold(session: Session, source_id: UUID, units: Counter[UUID], context: Context) -> None:
    """Reserve exactly these units of variants for what becomes an order later, no more, no less.

    The caller has that locked. Raise OutOfStock, naming what is short.
    """
    needed = Counter(units)
    needed.subtract(await reserved.units(session, source_id))
    await adjust(session, source_id, needed, context)


async def hand_over(session: Session, source_id: UUID, order_id: UUID) -> Counter[UUID]:
    """Give what is held to the order that it becomes; return the units by variant."""
    held = await reserved.units(session, source_id)
    if held:
        await parcels.put_back(session, order_id, source_id)
    return held


async def release(session: Session, source_id: UUID, context: Context) -> None:
    """Release what an order was promised; what had been sold out can be had again."""
    back = await stock.release(session, source_id, context)
    await promotion_uses.release(session, source_id)
    if back:
        await cards.refresh(session, back)


async def release_unpaid(session: Session, draft: OrderDraft, context: Context) -> None:
    """Release what an order that will not be placed was promised, what was to pay it too."""
    await release(session, draft.id, context)
    if draft.tenders:
        await credit_holds.release(session, draft.id)


async def restock(
    session: Session, order: Order, units: Mapping[UUID, int], context: Context
) -> None:
    """Take units off an order's lines: what was not sent is released, the rest comes back.

    `units` is by line. Raise MoreThanSent for units that are neither.
    """
    freed: Counter[UUID] = Counter()
    returned: Counter[UUID] = Counter()
    for line in order.lines:
        wanted = units.get(line.id, 0)
        unsent = min(wanted, line.fulfillable_quantity)
        back = wanted - unsent
        if back > line.fulfilled_quantity - line.returned_quantity:
            raise MoreThanSent(line_id=line.id)
        line.removed_quantity += unsent
        line.returned_quantity += back
        if line.variant_id is not None and line.gift_card is None:
            freed[line.variant_id] += unsent
            returned[line.variant_id] += back
    order.count_fulfilled()
    await session.orm.flush()
    products: set[UUID] = set()
    if +freed:
        products |= await stock.release_units(session, order.id, +freed, context)
    if +returned:
        products |= await stock.take_back(session, order.id, +returned, context)
    if products:
        await cards.refresh(session, products)


def _problem(line: OrderLineView, free: dict[UUID, int], locale: Locale) -> CartProblem:
    return _short(line.sku, free[line.variant_id] if line.variant_id else 0, locale)


def _short(sku: str, available: int, locale: Locale) -> CartProblem:
    return CartProblem(
        type=kind(OutOfStock),
        title=title(OutOfStock, locale),
        sku=sku,
        available=max(available, 0),
    )


class MoreThanSent(Conflict):
    """More would come back into stock than was sent."""
