"""Products in the list and in the editor of the admin."""

from uuid import UUID

from msgspec import Struct

from trastienda.schemas.catalogue.product_draft import (
    ProductDraft,
    StaffProductView,
    StaffVariantView,
    VariantDraft,
)


class ProductRow(Struct, kw_only=True):
    """What the list of products says of one, in minor units and units."""

    variants: int
    sku: str
    """Of the only variant, or the first."""
    price: int | None
    """The lowest of its variants; None without a price in the currency."""
    highest: int | None
    on_hand: int
    available: int
    is_single: bool
    """Whether it has one variant at one location: then the list itself can change it."""


class ProductOnForm(ProductDraft, kw_only=True):
    """A product as its form has it, and as staff see it."""

    id: UUID
    version: int
    product: StaffProductView


class VariantOnForm(VariantDraft, kw_only=True):
    """A variant as its form has it, as staff see it, and its product."""

    version: int
    """Of the product."""
    product: StaffProductView
    variant: StaffVariantView
