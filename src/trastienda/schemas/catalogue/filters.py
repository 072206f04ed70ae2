"""What a product list can be narrowed by."""

from typing import Annotated

from msgspec import Meta, Struct


class FilterValue(Struct):
    """A value of an option or an attribute."""

    value: Annotated[str, Meta(examples=["Blue"])]
    filter: Annotated[str, Meta(description="What to send as `filter`.", examples=["Colour=Blue"])]
    count: Annotated[
        int,
        Meta(description="Products with it, given the filters of other names.", examples=[12]),
    ]
    selected: bool


class FilterGroup(Struct):
    """An option or an attribute, with the values that most products have."""

    name: Annotated[str, Meta(examples=["Colour"])]
    values: list[FilterValue]


class ListFilters(Struct):
    """What the list of a query can be narrowed by further."""

    in_stock: Annotated[
        int, Meta(description="How many of the listed products are in stock.", examples=[31])
    ]
    groups: list[FilterGroup]
