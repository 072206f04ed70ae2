"""Amounts, quantities and currencies in the API."""

from typing import Annotated

from msgspec import Meta

from trastienda.database.models.catalogue.price import LARGEST_AMOUNT
from trastienda.database.models.shared.quantity import MOST_OF_ONE

Amount = Annotated[
    int, Meta(ge=0, le=LARGEST_AMOUNT, description="In the currency's minor unit", examples=[1250])
]
Sum = Annotated[
    int,
    Meta(
        ge=0,
        le=2**63 - 1,
        description="In the currency's minor unit; may be the sum of many amounts",
        examples=[2500],
    ),
]
"""A sum of amounts: of a line, a total, or a price with another country's tax."""
Quantity = Annotated[int, Meta(ge=1, le=MOST_OF_ONE, examples=[2])]
Currency = Annotated[str, Meta(pattern=r"\A[A-Z]{3}\Z", description="ISO 4217", examples=["EUR"])]
