"""Prices what somebody describes, and nothing that is in the shop."""

from decimal import Decimal

from trastienda.errors import Invalid
from trastienda.schemas.pricing import LineToPrice, Priced, PromotionToApply, ShippingToPrice, Tier
from trastienda.schemas.pricing_preview import (
    PricingDraft,
    PricingLineDraft,
    PricingLineView,
    PricingPromotionDraft,
    PricingShippingDraft,
    PricingTierDraft,
    PricingView,
)
from trastienda.services import currencies
from trastienda.services.pricing import price
from trastienda.services.pricing.explanation import explained
from trastienda.services.pricing.requirements import check
from trastienda.services.pricing.rounding import WHOLE, rate


def preview(draft: PricingDraft) -> PricingView:
    """Return what it would cost, and why.

    Raise NoSuchCurrency, TaxRateTooHigh, PromotionIncomplete or PromotionUnclear.
    """
    currencies.check(draft.currency, "/currency")
    lines = [_line(line, f"/lines/{place}") for place, line in enumerate(draft.lines)]
    promotions = [
        _promotion(it, f"/promotions/{place}") for place, it in enumerate(draft.promotions)
    ]
    shipping = _shipping(draft.shipping) if draft.shipping else None
    priced = price(lines, shipping, promotions, draft.rounding)
    totals = priced.totals
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
        explanation=explained(lines, shipping, priced),
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
    percent = WHOLE if draft.buy else 0  # what sets give is free unless they say otherwise
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
            subtotal=it.subtotal,
            discount=it.discount,
            tax=it.tax,
            total=it.total,
        )
        for line, it in zip(lines, priced.lines, strict=True)
    ]


class TaxRateTooHigh(Invalid):
    """Tax rates add up to 100 per cent at most."""
