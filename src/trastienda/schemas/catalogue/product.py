from enum import StrEnum
from typing import Any
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from trastienda.schemas.media.media import PictureSource
from trastienda.schemas.shared.money import Amount, Currency


class Sort(StrEnum):
    NEWEST = "newest"
    PRICE = "price"
    PRICE_DESC = "-price"
    NAME = "name"
    RELEVANCE = "relevance"


class ProductQuery(Struct, frozen=True, kw_only=True):
    """The filters, the order and the position of a page of the product list."""

    limit: int = 24
    cursor: str | None = None
    q: str | None = None
    category: str | None = None
    sort: Sort | None = None
    min_price: int | None = None
    max_price: int | None = None
    in_stock: bool | None = None
    """True: only what can be bought now."""
    filters: tuple[str, ...] = ()
    """`Colour=Blue`: of one name any of the values, and of each name one."""


class MediaView(Struct, kw_only=True):
    """A picture: what an `<img>` and the `<source>`s of a `<picture>` need."""

    id: UUID
    url: str
    """The largest, in a format that every browser shows; `width` and `height` are its own."""
    alt: str
    width: int
    height: int
    sources: list[PictureSource]
    """The same picture in better formats and several widths, the best first."""


class ProductCard(Struct):
    """A product as an item of a list."""

    id: UUID
    slug: str
    name: str
    thumbnail: str | None
    price: Amount
    in_stock: bool
    compare_at_price: Amount | UnsetType = UNSET
    picture: MediaView | UnsetType = UNSET
    """The first picture, if there is one."""


class ProductPage(Struct):
    items: list[ProductCard]
    currency: Currency
    next_cursor: str | None


class CategoryName(Struct):
    slug: str
    name: str


class OptionView(Struct):
    name: str
    values: list[str]


class VariantView(Struct):
    id: UUID
    sku: str
    name: str
    options: dict[str, str]
    price: Amount
    in_stock: bool
    available: int
    """Units that a cart may get; of gift cards, as many as an order may have."""
    compare_at_price: Amount | UnsetType = UNSET
    lowest_price_30_days: Amount | UnsetType = UNSET
    """The lowest price of the 30 days before the reduction; without one, of the last 30 days."""
    media: UUID | UnsetType = UNSET
    """The id of the variant's own picture, which is one of the product's."""


class ProductView(Struct):
    """A product as its page shows it."""

    id: UUID
    slug: str
    name: str
    description: str
    currency: Currency
    categories: list[CategoryName]
    options: list[OptionView]
    variants: list[VariantView]
    media: list[MediaView]
    attributes: dict[str, Any]
    gift_card: bool
    """Whether its variants are gift cards: each is worth its price, and goes by email."""
