"""The catalogue of the demonstration shop, read from `catalogue/*.toml`."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct, convert

CATALOGUE = Path(__file__).parent / "catalogue"
PICTURES = Path(__file__).parent.parent / "assets" / "pictures"
THUMBNAILS = PICTURES / "thumbnails"
PICTURE_SIZE = 800
THUMBNAIL_SIZE = 400

Words = Annotated[str, Meta(min_length=1)]
Slug = Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
Sku = Annotated[str, Meta(pattern="^[A-Z0-9]+(-[A-Z0-9]+)*$")]
Currency = Literal["EUR", "USD", "JPY"]
Amount = Annotated[int, Meta(gt=0)]


class Text(Struct, frozen=True, forbid_unknown_fields=True):
    en: Words
    es: Words


class Category(Struct, frozen=True, forbid_unknown_fields=True):
    slug: Slug
    name: Text
    parent: Slug | None = None
    """The slug of a category that is earlier in the list."""


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    name: Text
    values: dict[Slug, Text]


class Variant(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    sku: Sku
    options: dict[Slug, Slug] = {}
    """The value of each option, in the order of the product's options."""
    prices: dict[Currency, Amount]
    """In the currency's minor unit; the yen has none."""
    compare_at: dict[Currency, Amount] = {}
    stock: Annotated[int, Meta(ge=0)]
    weight_grams: Amount


class Picture(Struct, frozen=True):
    stem: str
    alt: Text
    value: Slug | None
    """The value of the option `pictured_by`; None if the picture shows all variants."""

    @property
    def file(self) -> Path:
        return PICTURES / f"{self.stem}.webp"

    @property
    def thumbnail(self) -> Path:
        return THUMBNAILS / f"{self.stem}.webp"


class Product(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    slug: Slug
    categories: list[Slug]
    """The main category first, then others; parents are left out."""
    name: Text
    description: Text
    alt: Text
    tax_class: Literal["standard", "reduced"]
    options: list[Slug]
    pictured_by: Slug | None = None
    variants: Annotated[list[Variant], Meta(min_length=1)]
    attributes: dict[Slug, Text]

    def values(self, option: Slug) -> list[Slug]:
        """Return the values of an option that the variants use, in their order."""
        return list(dict.fromkeys(variant.options[option] for variant in self.variants))


class Catalogue(Struct, frozen=True, forbid_unknown_fields=True):
    categories: list[Category]
    options: dict[Slug, Option]
    attributes: dict[Slug, Text]
    products: list[Product]

    def pictures(self, product: Product) -> list[Picture]:
        """Return a product's pictures, one for each value of `pictured_by`; the first is main."""
        option = product.pictured_by
        if option is None:
            return [Picture(product.slug, product.alt, None)]
        names = self.options[option].values
        return [
            Picture(f"{product.slug}-{value}", with_choice(product.alt, [names[value]]), value)
            for value in product.values(option)
        ]

    def choice(self, variant: Variant) -> list[Text]:
        """Return the names of a variant's option values."""
        return [self.options[option].values[value] for option, value in variant.options.items()]

    def variant_name(self, product: Product, variant: Variant) -> Text:
        """Return the name of a variant in a cart: "Mug, blue"."""
        return with_choice(product.name, self.choice(variant))


def with_choice(name: Text, choice: list[Text]) -> Text:
    """Return a name followed by option values, in both languages."""
    return Text(
        ", ".join([name.en, *(lower_first(it.en) for it in choice)]),
        ", ".join([name.es, *(lower_first(it.es) for it in choice)]),
    )


def lower_first(words: str) -> str:
    """Return a value with a small first letter; words in capitals, such as "A4", stay."""
    return words if words.isupper() else words[:1].lower() + words[1:]


def catalogue() -> Catalogue:
    """Read and check the catalogue; products are in the order of the categories."""
    shop = tomllib.loads((CATALOGUE / "shop.toml").read_text(encoding="utf-8"))
    files = [CATALOGUE / f"{category['slug']}.toml" for category in shop["categories"]]
    pages = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    products = [product for page in pages for product in page["products"]]
    return convert({**shop, "products": products}, Catalogue)
