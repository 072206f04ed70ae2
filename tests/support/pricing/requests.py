"""Asks the pricing preview in few words."""

from typing import Any

import msgspec

from trastienda.schemas.pricing.preview import PricingDraft, PricingView
from trastienda.services.pricing.preview import preview

Document = dict[str, Any]


def line(unit_price: int, quantity: int = 1, tax_rate: str = "0", **more: object) -> Document:
    """Describe a line whose price includes its tax; it is called `a` unless named."""
    basic = {"ref": "a", "unit_price": unit_price, "quantity": quantity}
    return {**basic, "tax_rate": tax_rate, "prices_include_tax": True, **more}


def offer(kind: str, **more: object) -> Document:
    return {"name": kind, "kind": kind, **more}


def freight(price: int, tax_rate: str = "0", *, included: bool = True) -> Document:
    return {"price": price, "tax_rate": tax_rate, "prices_include_tax": included}


def cost(lines: list[Document], *offers: Document, **more: object) -> PricingView:
    """Give the answer to a request; `shipping` and `rounding` may be named."""
    asked = {"currency": "EUR", "lines": lines, "promotions": list(offers), **more}
    return preview(msgspec.convert(asked, PricingDraft))


def discounts(lines: list[Document], *offers: Document) -> list[int]:
    return [it.discount for it in cost(lines, *offers).lines]


def taxes(lines: list[Document], rounding: str, shipping: Document | None = None) -> list[int]:
    """Give the tax of each line, and at the end that of shipping."""
    told = cost(lines, rounding=rounding, shipping=shipping)
    return [*(it.tax for it in told.lines), told.shipping_tax]
