"""Why a cart or an order costs what it costs. Pure, but for reading what an order kept."""

from collections.abc import Iterator
from uuid import UUID

import msgspec
from msgspec import UNSET, structs

from trastienda.database.db import Reading, prepared
from trastienda.database.models.channel import Rounding
from trastienda.database.models.order import OrderNotFound
from trastienda.errors import NotFound
from trastienda.schemas.explanation import (
    HALF_UP,
    LARGEST_FRACTION,
    ExplainedStep,
    Explanation,
    KeptOrder,
    Sold,
    UnitStep,
)
from trastienda.schemas.pricing import Priced, PricingBasis, PromotionToApply
from trastienda.services import price_explanations, shipping_explanations
from trastienda.services.pricing import price
from trastienda.services.pricing.rounding import percent, plain
from trastienda.services.pricing.taxes import shipping_parts

_KEPT = prepared("""
    SELECT json_build_object('currency', currency, 'pricing', pricing,
        'skus', (SELECT json_agg(sku ORDER BY position) FROM order_lines
                 WHERE order_lines.order_id = orders.id))::text
    FROM orders WHERE id = %(order)s
""")
_SPREAD = "shared out in proportion to what was left of the lines"
_RULES = {
    "order_fixed": f"amount, {_SPREAD}",
    "order_percent": f"before of all its lines × percent ÷ 100, {_SPREAD}",
    "order_tiered": f"the highest tier that is reached, {_SPREAD}",
    "item_fixed": "amount × units",
    "item_percent": "before × units ÷ quantity × percent ÷ 100",
    "fixed_price": "before × units ÷ quantity - amount × units",
    "cheapest_unit": "the cheapest unit × percent ÷ 100, or amount",
    "buy_x_get_y": "given units × their price × percent ÷ 100",
    "free_gift": "before × given units ÷ quantity",
    "shipping_fixed": "amount, at most before",
    "shipping_percent": "before × percent ÷ 100",
}
_SPREADING = frozenset({"order_fixed", "order_percent", "order_tiered"})


_kept = msgspec.json.Decoder(KeptOrder)


async def of_order(session: Reading, order_id: UUID) -> Explanation:
    """Explain an order from what it kept. Raise OrderNotFound or NothingKept."""
    document = await _KEPT.document(session, order=order_id)
    if document is None:
        raise OrderNotFound
    kept = _kept.decode(document)
    if kept.pricing is None:
        raise NothingKept
    return explain(kept.pricing, structs.replace(kept, lists_named=True))


def explain(basis: PricingBasis, sold: Sold) -> Explanation:
    """Price it once more, and say of each part where it comes from."""
    priced = price(basis.lines, basis.shipping, basis.promotions, basis.rounding)
    steps = [
        *_lines(basis, sold),
        *_shipping(basis),
        *_discounts(basis, priced, sold),
        *_taxes(basis, priced, sold),
    ]
    total = priced.totals.total
    return Explanation(currency=sold.currency, rounding=basis.rounding, steps=steps, total=total)


def _lines(basis: PricingBasis, sold: Sold) -> Iterator[ExplainedStep]:
    for place, line in enumerate(basis.lines):
        if basis.sources:  # orders from before prices were explained kept none
            for step in price_explanations.steps(basis.sources[place], line):
                yield _unit(step, place, sold)
        yield ExplainedStep(
            step="line",
            line=place,
            sku=sold.skus[place],
            rule="unit_price × quantity",
            input={"unit_price": line.unit_price, "quantity": line.quantity},
            amount=line.unit_price * line.quantity,
        )


def _unit(step: UnitStep, place: int, sold: Sold) -> ExplainedStep:
    name = step.price_list if sold.lists_named else UNSET
    return ExplainedStep(
        step="unit_price",
        line=place,
        sku=sold.skus[place],
        name=step.sale if step.sale is not UNSET else name,
        rule=step.rule,
        input=step.input,
        rounding=step.rounding,
        amount=0,
        unit_price=step.unit_price,
    )


def _shipping(basis: PricingBasis) -> Iterator[ExplainedStep]:
    if basis.shipping:
        if source := basis.shipping_source:
            for step in shipping_explanations.steps(source, basis.shipping):
                yield ExplainedStep(
                    step="shipping_price",
                    shipping=True,
                    name=source.name,
                    rule=step.rule,
                    input=step.input,
                    rounding=step.rounding,
                    amount=0,
                    unit_price=step.unit_price,
                )
        yield ExplainedStep(
            step="shipping",
            shipping=True,
            rule="price",
            input={"price": basis.shipping.price},
            amount=basis.shipping.price,
        )


def _discounts(basis: PricingBasis, priced: Priced, sold: Sold) -> Iterator[ExplainedStep]:
    left = [line.subtotal for line in priced.lines]
    freight = basis.shipping.price if basis.shipping else 0
    for taken in priced.taken:
        promotion = taken.promotion
        spread = promotion.kind.value in _SPREADING or promotion.max_discount is not None
        whole = {"taken": sum(taken.shares.values()) + taken.shipping}
        for place, share in taken.shares.items():
            yield ExplainedStep(
                step="promotion",
                line=place,
                sku=sold.skus[place],
                name=taken.name,
                rule=_RULES[promotion.kind.value],
                input={"before": left[place], **_terms(promotion), **whole},
                rounding=LARGEST_FRACTION if spread else HALF_UP,
                amount=-share,
            )
            left[place] -= share
        if taken.shipping:
            yield ExplainedStep(
                step="promotion",
                shipping=True,
                name=taken.name,
                rule=_RULES[promotion.kind.value],
                input={"before": freight, **_terms(promotion)},
                rounding=HALF_UP,
                amount=-taken.shipping,
            )
            freight -= taken.shipping


def _terms(promotion: PromotionToApply) -> dict[str, int | str]:
    """Return what a promotion says, as its kind needs it."""
    terms: dict[str, int | str] = {}
    if promotion.percent:
        terms["percent"] = plain(percent(promotion.percent))
    for name in ("amount", "buy", "get", "max_quantity", "max_discount"):
        if value := getattr(promotion, name):
            terms[name] = value
    return terms


def _taxes(basis: PricingBasis, priced: Priced, sold: Sold) -> Iterator[ExplainedStep]:
    of_document = basis.rounding is Rounding.DOCUMENT
    for place, (line, it) in enumerate(zip(basis.lines, priced.lines, strict=True)):
        rest = it.subtotal - it.discount
        yield ExplainedStep(
            step="tax",
            line=place,
            sku=sold.skus[place],
            rule=_tax_rule(included=line.included),
            input={"base": rest, "rate": plain(percent(line.rate)), "quantity": line.quantity},
            rounding=_TAX_ROUNDING[basis.rounding],
            amount=0 if line.included else it.tax,
            included=it.tax if line.included else UNSET,
        )
    shipping = basis.shipping
    if shipping is None:
        return
    left = [it.subtotal - it.discount for it in priced.lines]
    parts = shipping_parts(basis.lines, left, (shipping, priced.totals.shipping))
    yield ExplainedStep(
        step="tax",
        shipping=True,
        rule=f"the sum of {_tax_rule(included=shipping.included)}",
        input={
            "base": " + ".join(str(amount) for _, amount in parts),
            "rate": " + ".join(plain(percent(rate)) for rate, _ in parts),
        },
        rounding=_TAX_ROUNDING[basis.rounding] if of_document else HALF_UP,
        amount=0 if shipping.included else priced.shipping_tax,
        included=priced.shipping_tax if shipping.included else UNSET,
    )


def _tax_rule(*, included: bool) -> str:
    return "base × rate ÷ (100 + rate)" if included else "base × rate ÷ 100"


_TAX_ROUNDING = {
    Rounding.LINE: HALF_UP,
    Rounding.UNIT: "half up, unit by unit",
    Rounding.DOCUMENT: "half up for all of one rate, shared out by largest fraction",
}


class NothingKept(NotFound):
    """This order is from before the shop kept what its totals were computed from."""
