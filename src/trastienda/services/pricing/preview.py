"""The pricing preview: prices lines that a request describes, without reading the shop's data."""

from decimal import Decimal

from msgspec import UNSET

from trastienda.errors import Invalid
from trastienda.schemas.pricing.explanation import ExplainedStep, ExplanationContext
from trastienda.schemas.pricing.preview import (
    PricingDraft,
    PricingLineDraft,
    PricingLineView,
    PricingPromotionDraft,
    PricingShippingDraft,
    PricingStep,
    PricingTierDraft,
    PricingView,
)
from trastienda.schemas.pricing.pricing import (
    LineToPrice,
    Priced,
    PricingBasis,
    PromotionToApply,
    ShippingToPrice,
    Tier,
)
from trastienda.services.pricing import price
from trastienda.services.pricing.explanation import explain
from trastienda.services.pricing.requirements import check
from trastienda.services.pricing.rounding import WHOLE, rate
from trastienda.services.shared import currencies


def preview(draft: PricingDraft) -> PricingView:
    """Return the price of a draft, in minor units, with its explanation.

    Raise NoSuchCurrency, TaxRateTooHigh, PromotionIncomplete or PromotionUnclear.
    """
    currencies.check(draft.currency, "/currency")
    lines = [_line(line, f"/lines/{index}") for index, line in enumerate(draft.lines)]
    promotions = [
        _promotion(promotion, f"/promotions/{index}")
        for index, promotion in enumerate(draft.promotions)
    ]
    shipping = _shipping(draft.shipping) if draft.shipping else None
    priced = price(lines, shipping, promotions, draft.rounding)
    totals = priced.totals
    basis = PricingBasis(
        lines=lines, shipping=shipping, promotions=promotions, rounding=draft.rounding
    )
    context = ExplanationContext(currency=draft.currency, skus=[line.ref for line in lines])
    explanation = explain(basis, priced, context)
    return PricingView(
        currency=draft.currency,
        subtotal=totals.subtotal,
        discount=totals.discount,
        shipping=totals.shipping,
        tax=totals.tax,
        tax_included=totals.tax_included,
        tax_added=totals.tax_added,
        total=totals.total,
        lines=_line_views(lines, priced),
        shipping_discount=priced.shipping_discount,
        shipping_tax=priced.shipping_tax,
        net_total=totals.total - totals.tax,
        explanation=[_brief(step) for step in sorted(explanation.steps, key=_rank)],
    )


def _line(draft: PricingLineDraft, pointer: str) -> LineToPrice:
    return LineToPrice(
        unit_price=draft.unit_price,
        quantity=draft.quantity,
        rate=_summed(draft.tax_rate, pointer),
        included=draft.prices_include_tax,
        floor_price=draft.floor_price or 0,
        ref=draft.ref,
    )


def _shipping(draft: PricingShippingDraft) -> ShippingToPrice:
    tax_rate = _summed(draft.tax_rate, "/shipping")
    return ShippingToPrice(draft.price, tax_rate, draft.prices_include_tax)


def _promotion(draft: PricingPromotionDraft, pointer: str) -> PromotionToApply:
    check(draft, pointer)
    percent = WHOLE if draft.buy else 0  # the `get` units of a set are free by default
    return PromotionToApply(
        name=draft.name,
        kind=draft.kind,
        percent=percent if draft.percent is None else rate(Decimal(draft.percent)),
        amount=draft.amount or 0,
        buy=draft.buy or 0,
        get=draft.get or 0,
        refs=frozenset(draft.refs),
        min_subtotal=draft.min_subtotal or 0,
        min_quantity=draft.min_quantity or 0,
        max_quantity=draft.max_quantity,
        priority=draft.priority,
        exclusive=draft.exclusive,
        max_discount=draft.max_discount,
        stack_group=draft.stack_group or "",
        tiers=tuple(map(_tier, draft.tiers)),
        gifts=frozenset(draft.gifts),
    )


def _tier(draft: PricingTierDraft) -> Tier:
    return Tier(
        min_subtotal=draft.min_subtotal or 0,
        min_quantity=draft.min_quantity or 0,
        percent=rate(Decimal(draft.percent)) if draft.percent else 0,
        amount=draft.amount or 0,
    )


def _summed(tax_rate: str, pointer: str) -> int:
    total = rate(sum(map(Decimal, tax_rate.split("+")), Decimal()))
    if total > WHOLE:
        raise TaxRateTooHigh(pointer=f"{pointer}/tax_rate")
    return total


def _line_views(lines: list[LineToPrice], priced: Priced) -> list[PricingLineView]:
    return [
        PricingLineView(
            ref=line.ref,
            subtotal=result.subtotal,
            discount=result.discount,
            tax=result.tax,
            total=result.total,
        )
        for line, result in zip(lines, priced.lines, strict=True)
    ]


def _rank(step: ExplainedStep) -> int:
    """Return the rank of a step: lines, their promotions, shipping, its promotions, taxes."""
    if step.step == "promotion":
        return 1 if step.shipping is UNSET else 3
    return {"line": 0, "shipping": 2, "tax": 4}[step.step]


def _brief(step: ExplainedStep) -> PricingStep:
    return PricingStep(
        step=step.step,
        name=step.name,
        line=step.line,
        shipping=UNSET if step.step == "shipping" else step.shipping,
        amount=step.amount,
        included=step.included,
    )


class TaxRateTooHigh(Invalid):
    """Tax rates add up to 100 per cent at most."""
