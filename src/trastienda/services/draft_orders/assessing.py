"""What a draft order costs now: it is assessed as a cart, with the prices that staff set."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from msgspec import UNSET, structs

from trastienda.database.db import Session
from trastienda.database.models.draft_orders.draft_order import DraftOrder
from trastienda.database.models.shared.text import Locale
from trastienda.database.models.shipping.option import Tariff
from trastienda.schemas.carts.assessment import Assessment
from trastienda.schemas.carts.cart import CartLineRow, CartRow
from trastienda.schemas.draft_orders.draft_order import DraftOrderView
from trastienda.schemas.draft_orders.line import DraftLineView, StoredLine
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.line import CustomGoods
from trastienda.schemas.shared.problem import CartProblem
from trastienda.services.carts import assessment, trial
from trastienda.services.carts import view as cart_view
from trastienda.services.carts.problems import NotForSale
from trastienda.services.carts.trial import Trial
from trastienda.services.draft_orders import discounts
from trastienda.services.draft_orders import lines as kept_lines
from trastienda.services.promotions.conditions import CouponUnknown
from trastienda.services.stock import reserved
from trastienda.titles import kind, title


async def assess(session: Session, draft: DraftOrder, context: Context) -> Assessment:
    """Assess a locked draft order as of the request's time. Raise QuotesWanted."""
    lines = kept_lines.kept(draft.lines)
    wished = Trial(
        channel_id=draft.channel_id,
        currency=draft.currency,
        locale=draft.locale,
        customer_id=draft.customer_id,
        email=draft.email,
        units=kept_lines.units(draft),
        shipping_address=_address(draft.shipping_address),
        billing_address=_address(draft.billing_address),
        option_id=draft.shipping_option_id,
        coupons=draft.coupons,
    )
    cart = await trial.read(session, wished, context)
    cart = _as_set(cart, draft, lines, await _held(session, draft))
    found = assessment.assess(cart, context, discounts.granted(draft, cart))
    return structs.replace(found, problems=[*found.problems, *_gone(found, draft, lines, context)])


async def _held(session: Session, draft: DraftOrder) -> Mapping[UUID, int]:
    return {} if draft.reserve_until is None else await reserved.units(session, draft.id)


def _address(kept: Mapping[str, object] | None) -> Address | None:
    return None if kept is None else msgspec.convert(kept, Address)


def _as_set(
    cart: CartRow, draft: DraftOrder, lines: Sequence[StoredLine], held: Mapping[UUID, int]
) -> CartRow:
    """Give a cart the prices that staff set, and the lines of the draft order in their order.

    What the draft order holds is there for it.
    """
    rows = {row.variant_id: row for row in cart.lines}
    found = []
    for line in lines:
        if line.custom is not None:
            found.append(_custom(line, line.custom))
        elif line.variant_id is not None and (row := rows.get(line.variant_id)):
            price = row.price if line.unit_price is None else line.unit_price
            available = row.available + held.get(line.variant_id, 0)
            found.append(structs.replace(row, id=line.id, price=price, available=available))
    shipping = cart.shipping
    if shipping is not None and draft.shipping_price is not None:
        shipping = structs.replace(
            shipping,
            price=draft.shipping_price,
            tariff=Tariff.FLAT,
            free_from=None,
            min_weight=0,
            max_weight=None,
            max_length=None,
            excluded_category_ids=[],
        )
    return structs.replace(cart, lines=found, shipping=shipping)


def _custom(line: StoredLine, goods: CustomGoods) -> CartLineRow:
    price = line.unit_price or 0
    return trial.custom_row(line.id, line.title or "", line.quantity, price, goods, line.sku)


def _gone(
    found: Assessment, draft: DraftOrder, lines: Sequence[StoredLine], context: Context
) -> list[CartProblem]:
    """Name what the draft order has and a cart of it does not: deleted variants, unknown codes."""
    there = {line.id for line in found.cart.lines}
    codes = {coupon.code for coupon in found.cart.offers.coupons}
    return [
        CartProblem(
            type=kind(NotForSale),
            title=title(NotForSale, context.locale),
            line_id=line.id,
            sku=line.sku,
        )
        for line in lines
        if line.id not in there
    ] + [
        CartProblem(
            type=kind(CouponUnknown), title=title(CouponUnknown, context.locale), coupon=code
        )
        for code in draft.coupons
        if code not in codes
    ]


def view(draft: DraftOrder, assessed: Assessment) -> DraftOrderView:
    """Show a draft order to staff."""
    kept = {line.id: line for line in kept_lines.kept(draft.lines)}
    return DraftOrderView(
        id=draft.id,
        version=draft.version,
        status=draft.status,
        email=draft.email,
        customer_id=draft.customer_id,
        locale=Locale(draft.locale),
        currency=draft.currency,
        lines=[
            _line(cart_view.line_view(row, sums), kept)
            for row, sums in zip(assessed.cart.lines, assessed.priced.lines, strict=True)
        ],
        coupons=draft.coupons,
        shipping_address=_address(draft.shipping_address),
        billing_address=_address(draft.billing_address),
        shipping_option=cart_view.shipping_option(assessed),
        totals=assessed.priced.totals,
        problems=assessed.problems,
        note=draft.note,
        staff_discount=discounts.of_whole(draft),
        expires_at=draft.expires_at,
        expired_at=draft.expired_at,
        reserve_until=draft.reserve_until,
        created_at=draft.created_at,
        sent_at=draft.sent_at,
        order_id=draft.order_id,
    )


def _line(shown: object, kept: Mapping[UUID, StoredLine]) -> DraftLineView:
    line = msgspec.convert(msgspec.to_builtins(shown), DraftLineView)
    own = kept[line.id]
    if own.reason is not None and own.by is not None:
        line.price_reason, line.price_by = own.reason, own.by
    line.staff_discount, line.custom = own.staff_discount or UNSET, own.custom or UNSET
    return line


def for_buyer(shown: DraftOrderView) -> DraftOrderView:
    """Leave out what is for staff alone."""
    inside = {"price_reason": UNSET, "price_by": UNSET, "staff_discount": UNSET}
    return structs.replace(
        shown,
        lines=[structs.replace(line, **inside) for line in shown.lines],
        note=UNSET,
        customer_id=UNSET,
        staff_discount=UNSET,
        reserve_until=UNSET,
    )
