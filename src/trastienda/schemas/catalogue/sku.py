"""The format of SKUs (stock keeping units)."""

from typing import Annotated

from msgspec import Meta

Sku = Annotated[str, Meta(min_length=1, max_length=64, examples=["MUG-BLUE"])]
"""A SKU to look up."""
SkuText = Annotated[
    str, Meta(max_length=64, pattern=r"\A[^\s\x00-\x1f/]+\Z", examples=["MUG-BLUE"])
]
"""A SKU that staff set."""
