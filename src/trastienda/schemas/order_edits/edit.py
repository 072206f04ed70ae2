"""Edits of open orders: what staff ask for, and what each replaced."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.carts.cart import MOST_LINES
from trastienda.database.models.shared.quantity import MOST_OF_ONE
from trastienda.schemas.carts.cart import ShippingOptionView
from trastienda.schemas.catalogue.sku import Sku
from trastienda.schemas.orders.custom import CustomLine
from trastienda.schemas.orders.event import OrderSnapshot
from trastienda.schemas.orders.order import OrderLineView
from trastienda.schemas.pricing.pricing import Totals
from trastienda.schemas.shared.actor import Actor
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shared.money import Amount, Currency, Quantity, Sum

Reason = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=2_000,
        pattern=r"\S",
        description="For staff; the buyer does not see it.",
        examples=["The buyer called: one mug is enough"],
    ),
]
Difference = Annotated[
    int,
    Meta(
        ge=-(2**63),
        le=2**63 - 1,
        description="In the currency's minor unit; negative where the order costs less.",
        examples=[-1250],
    ),
]


class AddedLine(Struct, forbid_unknown_fields=True, kw_only=True):
    """Units of something that is for sale now, as a line of its own."""

    sku: Sku
    quantity: Quantity
    unit_price: Amount | None = None
    """What a unit costs instead of its price now; with tax, if the shop's prices are."""


class EditedLine(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays."""

    line: UUID
    quantity: (
        Annotated[int, Meta(ge=0, le=MOST_OF_ONE, description="0 removes the line", examples=[1])]
        | None
    ) = None
    unit_price: Amount | None = None


class OrderEditDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays as it is."""

    reason: Reason
    add: Annotated[list[AddedLine], Meta(max_length=MOST_LINES)] = []
    add_custom: Annotated[list[CustomLine], Meta(max_length=MOST_LINES)] = []
    """What is not in the shop."""
    lines: Annotated[list[EditedLine], Meta(max_length=MOST_LINES)] = []
    shipping_address: Address | None = None
    billing_address: Address | None = None
    shipping_option: UUID | None = None
    """Another way of shipping, at its price for the order as it will be."""
    shipping_price: Amount | None = None
    """What shipping costs instead, before discounts."""
    preview: bool = False
    """Answer what would come of it, and change nothing."""


class OrderContent(Struct, kw_only=True):
    """What an edit of an order may change."""

    lines: list[OrderLineView]
    totals: Totals
    shipping_address: Address
    billing_address: Address
    shipping_option: ShippingOptionView | None


class OrderEditView(Struct, kw_only=True):
    id: UUID | UnsetType = UNSET
    """Left out of a preview."""
    order_id: UUID
    order_version: int
    """Of the order, after it; of a preview, before it."""
    preview: bool
    reason: Reason
    at: datetime
    by: Actor
    currency: Currency
    difference: Difference
    """Between the two totals."""
    owed: Sum
    """What is still to be paid of the order, after it."""
    refunded: Sum
    """What of the money that had been captured it gives back."""
    refund_id: UUID | UnsetType | None = UNSET
    before: OrderContent
    after: OrderContent


class OrderEdits(Struct):
    items: list[OrderEditView]


class EditTold(Struct, kw_only=True):
    """What an edit did, beside the order as it is now."""

    id: UUID
    reason: Reason
    difference: Difference
    owed: Sum
    refunded: Sum


class OrderEdited(OrderSnapshot, kw_only=True):
    """The order after an edit."""

    edit: EditTold
