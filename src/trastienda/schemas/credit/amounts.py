"""Amounts of gift cards and store credit, and what changes them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.catalogue.price import LARGEST_AMOUNT
from trastienda.database.models.credit.account import CreditKind
from trastienda.database.models.credit.movement import MovementKind
from trastienda.schemas.shared.actor import Actor

Worth = Annotated[
    int,
    Meta(ge=1, le=LARGEST_AMOUNT, description="In the currency's minor unit", examples=[5000]),
]
Change = Annotated[
    int,
    Meta(
        ge=-LARGEST_AMOUNT,
        le=LARGEST_AMOUNT,
        description="In the currency's minor unit: given, or taken if it is negative; not 0",
        examples=[-500],
    ),
]
Reason = Annotated[
    str,
    Meta(min_length=1, max_length=500, description="For staff", examples=["Late delivery"]),
]
Balance = Annotated[
    int,
    Meta(
        ge=0,
        le=2**63 - 1,
        description="In the currency's minor unit, with what checkouts under way hold of it",
        examples=[3500],
    ),
]
Held = Annotated[
    int,
    Meta(
        ge=0,
        le=2**63 - 1,
        description="The part of the balance that checkouts under way have been promised",
        examples=[0],
    ),
]


class Adjustment(Struct, forbid_unknown_fields=True, kw_only=True):
    amount: Change
    reason: Reason


class MovementView(Struct, kw_only=True):
    """One change of a balance; `amount` is negative where the balance has become less."""

    kind: MovementKind
    amount: Annotated[int, Meta(description="In the currency's minor unit", examples=[-1500])]
    at: datetime
    by: Actor
    order_id: UUID | None
    payment_id: UUID | None
    refund_id: UUID | None
    reason: str | None


class Tender(Struct, frozen=True, kw_only=True):
    """What a gift card, or store credit, pays of an order: frozen when the buyer pays."""

    account_id: UUID
    payment_id: UUID
    """Of the payment that it will be."""
    kind: CreditKind
    amount: int
    last_characters: str | None = None


class OrderCredit(Struct, kw_only=True):
    """What a gift card, or store credit, paid of an order."""

    type: CreditKind
    amount: Worth
    last_characters: Annotated[str, Meta(examples=["7MKQ"])] | None
    """The end of a gift card's code; null for store credit."""
