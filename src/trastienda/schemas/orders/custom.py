"""Lines of orders that name no variant: services, or what is made for one buyer."""

from typing import Annotated

from msgspec import Meta, Struct

from trastienda.schemas.shared.money import Amount, Quantity
from trastienda.schemas.taxes.tax import ClassCode

Title = Annotated[
    str, Meta(min_length=1, max_length=200, pattern=r"\S", examples=["Engraving: Ana, 2026"])
]
Reference = Annotated[
    str,
    Meta(
        max_length=64,
        description="Your own reference; not a SKU of the shop.",
        examples=["ENGRAVE"],
    ),
]


class CustomLine(Struct, forbid_unknown_fields=True, kw_only=True):
    """Something that is not in the shop, at a price that staff name."""

    title: Title
    quantity: Quantity
    unit_price: Amount
    """With tax, if the shop's prices are."""
    sku: Reference = ""
    tax_class: ClassCode = "standard"
    requires_shipping: bool = True
    """Whether it counts for what shipping costs."""
