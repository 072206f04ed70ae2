"""Lines and discounts of draft orders, as staff write them and as they are kept and shown."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.schemas.catalogue.sku import Sku
from trastienda.schemas.orders.custom import CustomLine
from trastienda.schemas.shared.actor import Actor
from trastienda.schemas.shared.line import CustomGoods, LineView
from trastienda.schemas.shared.money import Amount, Quantity
from trastienda.schemas.shared.percent import Percent

Why = Annotated[
    str, Meta(min_length=1, max_length=500, pattern=r"\S", examples=["Agreed by phone"])
]


class StaffDiscount(Struct, forbid_unknown_fields=True, kw_only=True):
    """A discount that staff grant: either `percent` or `amount`."""

    percent: Percent | None = None
    amount: Amount | None = None
    """Of a line: off each unit; of the draft order: off all lines together."""
    reason: Why


class GrantedDiscount(Struct, kw_only=True):
    """A discount as it is kept, and shown to staff."""

    percent: str | None
    amount: int | None
    reason: str
    by: Actor


class DraftLine(Struct, forbid_unknown_fields=True, kw_only=True):
    sku: Sku
    quantity: Quantity
    unit_price: Amount | None = None
    """What a unit costs instead of its price; with tax, if the shop's prices are."""
    reason: Why | None = None
    """Why: with a `unit_price` only."""
    staff_discount: StaffDiscount | None = None


class CustomDraftLine(CustomLine, forbid_unknown_fields=True, kw_only=True):
    staff_discount: StaffDiscount | None = None


class StoredLine(Struct, kw_only=True):
    """A line as it is kept; one with `custom` has a `title` and no variant."""

    id: UUID
    variant_id: UUID | None
    sku: str
    quantity: int
    unit_price: int | None = None
    reason: str | None = None
    by: Actor | None = None
    """Who set the price."""
    title: str | None = None
    custom: CustomGoods | None = None
    staff_discount: GrantedDiscount | None = None


class DraftLineView(LineView, kw_only=True):
    price_reason: str | UnsetType = UNSET
    """Why staff set its price; left out where they did not, and for the buyer."""
    price_by: Actor | UnsetType = UNSET
    staff_discount: GrantedDiscount | UnsetType = UNSET
    """Left out where there is none, and for the buyer: it is in `discount`."""
    custom: CustomGoods | UnsetType = UNSET
    """Left out of lines of what is in the shop."""
