"""The shape of every refusal (RFC 9457). Facts of the error are further members."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType


class Fault(Struct, omit_defaults=True):
    """One thing that is wrong with the request."""

    pointer: Annotated[
        str,
        Meta(
            description="JSON pointer into the body, or `/` and the parameter's name.",
            examples=["/lines/0/quantity"],
        ),
    ]
    code: Annotated[
        str,
        Meta(
            description="What is wrong; programs compare this. Where a rule of the shop is broken, "
            "it is the problem's own name.",
            examples=["too_small"],
        ),
    ]
    detail: Annotated[
        str,
        Meta(
            description="The same for people, in the client's language.",
            examples=["This must be at least 1."],
        ),
    ]
    source: Annotated[
        str | None,
        Meta(description="Where it stands, when not in the body: `query`, `path` or `header`."),
    ] = None
    expected: Annotated[
        list[str] | None,
        Meta(
            description="Which types, formats or patterns would do, by name.",
            examples=[["integer"]],
        ),
    ] = None
    allowed: Annotated[
        list[str | int] | None, Meta(description="All values that would do.", examples=[["EUR"]])
    ] = None
    minimum: Annotated[
        int | float | None,
        Meta(description="The smallest number, length or count that would do.", examples=[1]),
    ] = None
    maximum: Annotated[
        int | float | None,
        Meta(description="The largest number, length or count that would do.", examples=[9999]),
    ] = None
    step: Annotated[
        int | float | None, Meta(description="What it must be a multiple of.", examples=[5])
    ] = None


class Problem(Struct, omit_defaults=True):
    type: Annotated[
        str,
        Meta(description="Which problem; programs compare this.", examples=["/problems/not-found"]),
    ]
    title: Annotated[
        str,
        Meta(
            description="The same in words, in the client's language.",
            examples=["There is no such thing, or it is not yours to see."],
        ),
    ]
    status: Annotated[int, Meta(ge=400, le=599, examples=[404])]
    instance: Annotated[
        str,
        Meta(
            description="The number of the request, as in X-Request-Id.",
            examples=["019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b11"],
        ),
    ]
    detail: Annotated[str | None, Meta(description="What a person may want to know more.")] = None
    errors: list[Fault] = []


class CartProblem(Struct):
    """One reason why a cart cannot be ordered yet, or, with `blocking` false, news about it."""

    type: Annotated[str, Meta(examples=["/problems/shipping-address-missing"])]
    title: Annotated[str, Meta(examples=["The shipping address is missing."])]
    line_id: UUID | UnsetType = UNSET
    sku: str | UnsetType = UNSET
    available: int | UnsetType = UNSET
    coupon: Annotated[str, Meta(examples=["SUMMER"])] | UnsetType = UNSET
    """The code that does not apply."""
    previous_price: int | UnsetType = UNSET
    """The listed price of one unit when the buyer last saw it, in minor units."""
    price: int | UnsetType = UNSET
    """Its listed price now."""
    blocking: bool | UnsetType = UNSET
    """False if the cart can be ordered all the same; left out otherwise."""
