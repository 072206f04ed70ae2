"""Gift cards and store credit in a cart."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.credit.account import CreditKind
from trastienda.schemas.credit.gift_card import Code, LastCharacters
from trastienda.schemas.shared.money import Sum

Available = Annotated[Sum, Meta(description="What it could pay", examples=[5000])]
Pays = Annotated[Sum, Meta(description="What it pays of this cart", examples=[2990])]


class GiftCardChoice(Struct, forbid_unknown_fields=True):
    code: Code


class StoreCreditChoice(Struct, forbid_unknown_fields=True):
    use: Annotated[bool, Meta(description="Whether to pay with store credit", examples=[True])]


class CartGiftCardView(Struct, kw_only=True):
    """A gift card that pays a part of the cart; those that were added first pay first."""

    id: UUID
    last_characters: LastCharacters | None
    available: Available
    """0 for one that has expired or is disabled meanwhile."""
    pays: Pays
    expires_at: datetime | None


class CartStoreCreditView(Struct, kw_only=True):
    """The customer's store credit, which pays what gift cards leave."""

    available: Available
    pays: Pays


class CreditRow(Struct, kw_only=True):
    """A gift card or store credit as read with a cart, in the order in which they pay."""

    account_id: UUID
    kind: CreditKind
    available: int
    last_characters: str | None = None
    expires_at: datetime | None = None
