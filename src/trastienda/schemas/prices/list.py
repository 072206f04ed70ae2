"""Price lists as staff write and read them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.schemas.catalogue.sku import SkuText
from trastienda.schemas.shared.money import Amount, Currency, Quantity
from trastienda.schemas.shared.naming import Label

ListName = Annotated[Label, Meta(examples=["Resellers"])]
Priority = Annotated[
    int, Meta(ge=-1_000_000, le=1_000_000, description="The highest applies.", examples=[0])
]
Moment = Annotated[datetime, Meta(tz=True, examples=["2026-11-27T00:00:00Z"])]
LeastQuantity = Annotated[Quantity, Meta(examples=[1])]


class PriceListDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """Without a customer group it is for everybody; without times it always applies."""

    name: ListName
    currency: Currency
    customer_group: UUID | None = None
    active: bool = True
    priority: Priority = 0
    starts_at: Moment | None = None
    ends_at: Moment | None = None


class PriceListPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays."""

    name: ListName | UnsetType = UNSET
    customer_group: UUID | UnsetType | None = UNSET
    active: bool | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    starts_at: Moment | UnsetType | None = UNSET
    ends_at: Moment | UnsetType | None = UNSET


class PriceListView(Struct, kw_only=True):
    id: UUID
    name: str
    currency: Currency
    customer_group: UUID | None
    active: bool
    priority: int
    starts_at: datetime | None
    ends_at: datetime | None
    version: int


class PriceLists(Struct):
    items: list[PriceListView]
    next_cursor: str | None


class ListedPrice(Struct, forbid_unknown_fields=True):
    """The price of one unit in lines of at least `min_quantity` units."""

    sku: SkuText
    price: Amount
    min_quantity: LeastQuantity = 1


class ListedPricesDraft(Struct, forbid_unknown_fields=True):
    prices: Annotated[list[ListedPrice], Meta(min_length=1, max_length=1_000)]


class ListedPrices(Struct):
    items: list[ListedPrice]
    currency: Currency
    next_cursor: str | None
