"""Amounts, quantities and currencies as they travel."""

from typing import Annotated

from msgspec import Meta

from trastienda.database.models.cart import MOST_OF_ONE
from trastienda.database.models.price import LARGEST_AMOUNT

Amount = Annotated[
    int, Meta(ge=0, le=LARGEST_AMOUNT, description="In the currency's minor unit", examples=[1250])
]
Sum = Annotated[
    int,
    Meta(
        ge=0,
        le=2**63 - 1,
        description="In the currency's minor unit; more than one amount may come to",
        examples=[2500],
    ),
]
"""What amounts add up to: a line, a total, a price with another country's tax."""
Quantity = Annotated[int, Meta(ge=1, le=MOST_OF_ONE, examples=[2])]
Currency = Annotated[str, Meta(pattern=r"\A[A-Z]{3}\Z", description="ISO 4217", examples=["EUR"])]
