"""What every refusal looks like (RFC 9457). Facts of the error stand beside these fields."""

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
    detail: Annotated[str, Meta(examples=["Expected `int` >= 1"])]
    source: Annotated[
        str | None,
        Meta(description="Where it stands, when not in the body: `query`, `path` or `header`."),
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
    """One reason why a cart cannot be ordered yet."""

    type: Annotated[str, Meta(examples=["/problems/shipping-address-missing"])]
    title: Annotated[str, Meta(examples=["The shipping address is missing."])]
    line_id: UUID | UnsetType = UNSET
    sku: str | UnsetType = UNSET
    available: int | UnsetType = UNSET
    coupon: Annotated[str, Meta(examples=["SUMMER"])] | UnsetType = UNSET
    """The code that does not apply."""
