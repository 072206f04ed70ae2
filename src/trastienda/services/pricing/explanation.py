"""Explains every part of a total, for carts, orders and previews."""

from collections.abc import Iterator

from msgspec import UNSET, structs

from trastienda.database.models.channels.channel import Rounding
from trastienda.schemas.pricing.explanation import (
    HALF_UP,
    LARGEST_FRACTION,
    ExplainedStep,
    Explanation,
    ExplanationContext,
)
from trastienda.schemas.pricing.pricing import Priced, PricingBasis, PromotionToApply
from trastienda.services.pricing import price_steps
from trastienda.services.pricing.rounding import percent, plain
from trastienda.services.pricing.taxes import shipping_parts

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


def explain(basis: PricingBasis, priced: Priced, context: ExplanationContext) -> Explanation:
    """Return the steps that lead to a total; their amounts, in minor units, add up to it."""
    return Explanation(
        currency=context.currency,
        rounding=basis.rounding,
        steps=[
            *_lines(basis, context),
            *_shipping(basis),
            *_discounts(basis, priced, context),
            *_taxes(basis, priced, context),
        ],
        total=priced.totals.total,
    )


def _lines(basis: PricingBasis, context: ExplanationContext) -> Iterator[ExplainedStep]:
    for index, line in enumerate(basis.lines):
        if basis.sources:  # older orders were stored without sources
            source, lists_named = basis.sources[index], context.lists_named
            for step in price_steps.of_unit(source, line, lists_named=lists_named):
                yield structs.replace(step, line=index, sku=context.skus[index])
        yield ExplainedStep(
            step="line",
            line=index,
            sku=context.skus[index],
            rule="unit_price × quantity",
            input={"unit_price": line.unit_price, "quantity": line.quantity},
            amount=line.unit_price * line.quantity,
        )


def _shipping(basis: PricingBasis) -> Iterator[ExplainedStep]:
    if basis.shipping is None:
        return
    if basis.shipping_source:
        yield from price_steps.of_shipping(basis.shipping_source, basis.shipping)
    yield ExplainedStep(
        step="shipping",
        shipping=True,
        rule="price",
        input={"price": basis.shipping.price},
        amount=basis.shipping.price,
    )


def _discounts(
    basis: PricingBasis, priced: Priced, context: ExplanationContext
) -> Iterator[ExplainedStep]:
    left = [line.subtotal for line in priced.lines]
    freight = basis.shipping.price if basis.shipping else 0
    for applied in priced.taken:
        promotion = applied.promotion
        spread = promotion.kind.value in _SPREADING or promotion.max_discount is not None
        whole = {"taken": sum(applied.shares.values()) + applied.shipping}
        for index, share in applied.shares.items():
            yield ExplainedStep(
                step="promotion",
                line=index,
                sku=context.skus[index],
                name=applied.name,
                rule=_RULES[promotion.kind.value],
                input={"before": left[index], **_facts(promotion), **whole},
                rounding=LARGEST_FRACTION if spread else HALF_UP,
                amount=-share,
            )
            left[index] -= share
        if applied.shipping:
            yield ExplainedStep(
                step="promotion",
                shipping=True,
                name=applied.name,
                rule=_RULES[promotion.kind.value],
                input={"before": freight, **_facts(promotion)},
                rounding=HALF_UP,
                amount=-applied.shipping,
            )
            freight -= applied.shipping


def _facts(promotion: PromotionToApply) -> dict[str, int | str]:
    """Return the values of a promotion that its kind uses."""
    facts: dict[str, int | str] = {}
    if promotion.percent:
        facts["percent"] = plain(percent(promotion.percent))
    for name in ("amount", "buy", "get", "max_quantity", "max_discount"):
        if value := getattr(promotion, name):
            facts[name] = value
    return facts


def _taxes(
    basis: PricingBasis, priced: Priced, context: ExplanationContext
) -> Iterator[ExplainedStep]:
    of_document = basis.rounding is Rounding.DOCUMENT
    for index, (line, result) in enumerate(zip(basis.lines, priced.lines, strict=True)):
        rest = result.subtotal - result.discount
        yield ExplainedStep(
            step="tax",
            line=index,
            sku=context.skus[index],
            rule=_tax_rule(included=line.included),
            input={"base": rest, "rate": plain(percent(line.rate)), "quantity": line.quantity},
            rounding=_TAX_ROUNDING[basis.rounding],
            amount=0 if line.included else result.tax,
            included=result.tax if line.included else UNSET,
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
