"""Where every part of a total comes from."""

from collections.abc import Iterator, Sequence

from trastienda.schemas.pricing import LineToPrice, Priced, PricingStep, ShippingToPrice


def explained(
    lines: Sequence[LineToPrice], shipping: ShippingToPrice | None, priced: Priced
) -> list[PricingStep]:
    """Return the steps from the lines' subtotals to the total, whose amounts add up to it."""
    steps = [
        PricingStep(step="line", line=place, amount=line.subtotal)
        for place, line in enumerate(priced.lines)
    ]
    steps += [
        PricingStep(step="promotion", name=taken.name, line=place, amount=-share)
        for taken in priced.taken
        for place, share in taken.shares.items()
    ]
    if shipping:
        steps.append(PricingStep(step="shipping", amount=shipping.price))
        steps += [
            PricingStep(step="promotion", name=taken.name, shipping=True, amount=-taken.shipping)
            for taken in priced.taken
            if taken.shipping
        ]
    return [*steps, *_taxes(lines, shipping, priced)]


def _taxes(
    lines: Sequence[LineToPrice], shipping: ShippingToPrice | None, priced: Priced
) -> Iterator[PricingStep]:
    for place, (line, it) in enumerate(zip(lines, priced.lines, strict=True)):
        if line.included:
            yield PricingStep(step="tax", line=place, amount=0, included=it.tax)
        else:
            yield PricingStep(step="tax", line=place, amount=it.tax)
    if shipping:
        tax = priced.shipping_tax
        if shipping.included:
            yield PricingStep(step="tax", shipping=True, amount=0, included=tax)
        else:
            yield PricingStep(step="tax", shipping=True, amount=tax)
