"""Variants that are made of options, one for each combination of their values."""

from typing import Annotated

from msgspec import Meta, Struct

from trastienda.schemas.catalogue.product_draft import OptionDraft, Prices, Units, Word
from trastienda.schemas.catalogue.sku import SkuText


class MatrixLine(Struct, kw_only=True):
    """One combination of values."""

    values: list[Word]
    """In the order of the options."""
    sku: SkuText
    chosen: bool = True
    """Whether a variant is made of it; one that is there stays in any case."""
    known: bool = False
    """Whether there is a variant of these values."""


class VariantMatrix(Struct, kw_only=True):
    """What variants are made of, and the combinations of which some are chosen."""

    options: Annotated[list[OptionDraft], Meta(min_length=1, max_length=10)]
    pattern: Annotated[str, Meta(min_length=1, max_length=200)]
    """A SKU in which `{Colour}` stands for the value, and `{Colour:3}` for its first letters."""
    prices: Annotated[Prices, Meta(min_length=1)]
    stock: Units | None = None
    """The first stock of each new variant."""
    variants: Annotated[list[MatrixLine], Meta(max_length=500)] = []
