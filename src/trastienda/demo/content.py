"""What the demonstration shop sells, as typed data out of `catalogue/*.toml`."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct, convert

CATALOGUE = Path(__file__).parent / "catalogue"
PICTURES = Path(__file__).parent / "pictures"
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
    """Stands earlier in the list."""


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    name: Text
    values: dict[Slug, Text]


class Variant(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    sku: Sku
    options: dict[Slug, Slug] = {}
    """Option to value, in the order of the product's options."""
    prices: dict[Currency, Amount]
    """In the currency's minor unit; yen have none."""
    compare_at: dict[Currency, Amount] = {}
    stock: Annotated[int, Meta(ge=0)]
    weight_grams: Amount


class Picture(Struct, frozen=True):
    stem: str
    alt: Text
    value: Slug | None
    """Of the option that the product is pictured by; none: it shows every variant."""

    @property
    def file(self) -> Path:
        return PICTURES / f"{self.stem}.webp"

    @property
    def thumbnail(self) -> Path:
        return THUMBNAILS / f"{self.stem}.webp"


class Product(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    slug: Slug
    categories: list[Slug]
    """The first is where it belongs, the others where it is shown too; parents go unsaid."""
    name: Text
    description: Text
    alt: Text
    tax_class: Literal["standard", "reduced"]
    options: list[Slug]
    pictured_by: Slug | None = None
    variants: Annotated[list[Variant], Meta(min_length=1)]
    attributes: dict[Slug, Text]

    def values(self, option: Slug) -> list[Slug]:
        """List the values that its variants use, in their order."""
        return list(dict.fromkeys(variant.options[option] for variant in self.variants))


class Catalogue(Struct, frozen=True, forbid_unknown_fields=True):
    categories: list[Category]
    options: dict[Slug, Option]
    attributes: dict[Slug, Text]
    products: list[Product]

    def pictures(self, product: Product) -> list[Picture]:
        """One for each look; the first stands for the product."""
        by = product.pictured_by
        if by is None:
            return [Picture(product.slug, product.alt, None)]
        names = self.options[by].values
        return [
            Picture(f"{product.slug}-{value}", beside(product.alt, [names[value]]), value)
            for value in product.values(by)
        ]

    def choice(self, variant: Variant) -> list[Text]:
        return [self.options[option].values[value] for option, value in variant.options.items()]

    def variant_name(self, product: Product, variant: Variant) -> Text:
        """Name what lies in a cart: "Mug, blue"."""
        return beside(product.name, self.choice(variant))


def beside(name: Text, choice: list[Text]) -> Text:
    return Text(
        ", ".join([name.en, *(inside(it.en) for it in choice)]),
        ", ".join([name.es, *(inside(it.es) for it in choice)]),
    )


def inside(words: str) -> str:
    """Write a value as it stands within a sentence; "A4" stays as it is."""
    return words if words.isupper() else words[:1].lower() + words[1:]


def catalogue() -> Catalogue:
    """Read and check it all, products in the order of the categories."""
    shop = tomllib.loads((CATALOGUE / "shop.toml").read_text(encoding="utf-8"))
    files = [CATALOGUE / f"{category['slug']}.toml" for category in shop["categories"]]
    pages = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    products = [product for page in pages for product in page["products"]]
    return convert({**shop, "products": products}, Catalogue)
