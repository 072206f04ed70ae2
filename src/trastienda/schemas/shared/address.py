from typing import Annotated

from msgspec import Meta, Struct

Line = Annotated[str, Meta(min_length=1, max_length=200)]
Country = Annotated[
    str, Meta(pattern=r"\A[A-Z]{2}\Z", description="ISO 3166-1 alpha-2", examples=["ES"])
]


class Address(Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A postal address."""

    name: Annotated[Line, Meta(examples=["Ada Lovelace"])]
    line1: Annotated[Line, Meta(examples=["Calle Mayor 1"])]
    line2: Line | None = None
    city: Annotated[Line, Meta(examples=["Madrid"])]
    postal_code: Annotated[str, Meta(min_length=1, max_length=20, examples=["28013"])] | None = None
    region: Line | None = None
    country: Country
    phone: Annotated[str, Meta(min_length=3, max_length=32, examples=["+34911234567"])] | None = (
        None
    )
