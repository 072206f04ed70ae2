"""Products as staff write and read them. Prices are in minor units, by currency."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.media.media import MediaState
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.catalogue.sku import SkuText
from trastienda.schemas.media.media import AltTexts
from trastienda.schemas.shared.money import Amount, Currency

Slug = Annotated[str, Meta(max_length=120, pattern=r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", examples=["mug"])]
Name = Annotated[str, Meta(min_length=1, max_length=200, examples=["Mug"])]
Description = Annotated[str, Meta(max_length=20_000, examples=["Holds a good half pint."])]
Word = Annotated[str, Meta(min_length=1, max_length=100)]
Millimetres = Annotated[int, Meta(ge=1, le=100_000, examples=[120])]
Units = Annotated[int, Meta(ge=0, le=1_000_000_000, examples=[10])]


class PictureDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """A picture that was uploaded. Without texts of its own, it begins with those of the upload."""

    id: UUID
    alt: AltTexts | None = None


Pictures = Annotated[list[PictureDraft], Meta(max_length=50)]
"""The first is shown in lists."""


class OptionDraft(Struct, forbid_unknown_fields=True):
    name: Annotated[Word, Meta(examples=["Colour"])]
    values: Annotated[list[Word], Meta(min_length=1, max_length=100)]


class Translation(Struct, forbid_unknown_fields=True):
    """A product in another language; what is left out is shown in the shop's first language."""

    name: Name | None = None
    description: Description | None = None
    options: Annotated[list[OptionDraft], Meta(max_length=10)] | None = None
    """As many options and values as in the first language, in the same order."""


class VariantDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    sku: SkuText
    name: Name | None = None
    """By default, the product's name and the variant's option values."""
    options: dict[Word, Word] = {}
    prices: Annotated[dict[Currency, Amount], Meta(min_length=1, max_length=200)]
    compare_at_prices: Annotated[dict[Currency, Amount], Meta(max_length=200)] = {}
    cost_prices: Annotated[dict[Currency, Amount], Meta(max_length=200)] = {}
    """What the shop pays for one unit; buyers never see it."""
    stock: Units | None = None
    """The first stock, at the main location. Later changes are stock movements."""
    weight_grams: Annotated[int, Meta(ge=0, le=100_000_000)] | None = None
    length_mm: Millimetres | None = None
    width_mm: Millimetres | None = None
    height_mm: Millimetres | None = None
    tax_class: Word = "standard"
    media: UUID | None = None
    """Its own picture: the id of one of the product's."""
    translations: dict[Locale, Name] = {}
    """The name in other languages."""


Prices = Annotated[dict[Currency, Amount], Meta(max_length=200)]


class VariantChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What can be changed of a variant. What is left out stays; objects are replaced as a whole.

    A currency that is missing from `prices` loses its compare-at price and its cost, too.
    """

    name: Name | UnsetType | None = UNSET
    options: dict[Word, Word] | UnsetType = UNSET
    prices: Annotated[Prices, Meta(min_length=1)] | UnsetType = UNSET
    compare_at_prices: Prices | UnsetType = UNSET
    cost_prices: Prices | UnsetType = UNSET
    weight_grams: Annotated[int, Meta(ge=0, le=100_000_000)] | UnsetType | None = UNSET
    length_mm: Millimetres | UnsetType | None = UNSET
    width_mm: Millimetres | UnsetType | None = UNSET
    height_mm: Millimetres | UnsetType | None = UNSET
    tax_class: Word | UnsetType = UNSET
    media: UUID | UnsetType | None = UNSET
    translations: dict[Locale, Name] | UnsetType = UNSET


class VariantPatch(VariantChange, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays; lists and objects are replaced as a whole.

    A currency that is missing from `prices` loses its compare-at price and its cost, too. A new
    variant needs prices.
    """

    sku: SkuText
    stock: Units | UnsetType | None = UNSET
    """Only for a new variant. Later changes are stock movements."""


class ProductDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    name: Name
    slug: Slug | None = None
    description: Description = ""
    categories: Annotated[list[Slug], Meta(max_length=50)] = []
    options: Annotated[list[OptionDraft], Meta(max_length=10)] = []
    variants: Annotated[list[VariantDraft], Meta(min_length=1, max_length=500)]
    media: Pictures = []
    published: bool = True
    attributes: dict[Word, str] = {}
    translations: dict[Locale, Translation] = {}
    gift_card: bool = False
    """Whether its variants are gift cards, each worth its price. This cannot be changed later."""


class ProductPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays. Variants are matched by SKU: a SKU that is new adds a variant.

    `media` is replaced as a whole; a variant whose picture is no longer in it has none of its own.
    """

    name: Name | UnsetType = UNSET
    slug: Slug | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    categories: Annotated[list[Slug], Meta(max_length=50)] | UnsetType = UNSET
    options: Annotated[list[OptionDraft], Meta(max_length=10)] | UnsetType = UNSET
    variants: Annotated[list[VariantPatch], Meta(max_length=500)] | UnsetType = UNSET
    media: Pictures | UnsetType = UNSET
    published: bool | UnsetType = UNSET
    attributes: dict[Word, str] | UnsetType = UNSET
    translations: dict[Locale, Translation] | UnsetType = UNSET


class StaffVariantView(Struct, kw_only=True):
    id: UUID
    sku: str
    names: dict[Locale, str]
    options: dict[str, str]
    prices: dict[str, int]
    compare_at_prices: dict[str, int]
    cost_prices: dict[str, int]
    converted_prices: Annotated[dict[str, int], Meta(examples=[{"USD": 1399}])]
    """Prices made by exchange rates, in currencies without a price of the variant's own."""
    weight_grams: int | None
    length_mm: int | None
    width_mm: int | None
    height_mm: int | None
    tax_class: str
    media: UUID | None
    """Its own picture."""
    on_hand: int
    reserved: int
    available: int


class StaffText(Struct):
    name: str
    description: str
    options: list[OptionDraft]


class StaffPictureView(Struct):
    """A picture of a product; it is shown when it is ready."""

    id: UUID
    alt: dict[Locale, str]
    state: MediaState
    thumbnail: str | None


class StaffProductView(Struct, kw_only=True):
    """A product as staff see it, in every language and currency, with stock levels."""

    id: UUID
    slug: str
    version: int
    published: bool
    texts: dict[Locale, StaffText]
    categories: list[str]
    attributes: dict[str, dict[str, str]]
    gift_card: bool
    variants: list[StaffVariantView]
    media: list[StaffPictureView]
    created_at: datetime
    updated_at: datetime


class StaffProductCard(Struct):
    id: UUID
    slug: str
    name: str
    published: bool
    version: int
    updated_at: datetime


class StaffProductPage(Struct):
    items: list[StaffProductCard]
    next_cursor: str | None
