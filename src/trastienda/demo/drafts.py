"""The demonstration's products in the words of the staff who would have written them. Pure."""

from uuid_utils.compat import uuid7

from trastienda.database.models.product import Product as Row
from trastienda.database.models.product import ProductMedia
from trastienda.database.models.text import Locale
from trastienda.demo.content import PICTURE_SIZE, Catalogue, Picture, Product, Text, Variant
from trastienda.schemas.product_draft import OptionDraft, ProductDraft, Translation, VariantDraft
from trastienda.services.furnishing import Shelf, Way

ADDRESS = "/media/demo"
SHIPPING = [
    Way(
        {Locale.ENGLISH: "Standard", Locale.SPANISH: "Estándar"},
        {"EUR": 490, "USD": 550, "JPY": 800},
    ),
    Way(
        {Locale.ENGLISH: "Express, tomorrow", Locale.SPANISH: "Urgente, mañana"},
        {"EUR": 990, "USD": 1_100, "JPY": 1_600},
    ),
    Way(
        {Locale.ENGLISH: "Pick-up in the shop", Locale.SPANISH: "Recogida en la tienda"},
        {"EUR": 0, "USD": 0, "JPY": 0},
    ),
]
"""The usual one first."""


def by_locale(text: Text) -> dict[Locale, str]:
    return {Locale.ENGLISH: text.en, Locale.SPANISH: text.es}


def shelves(shop: Catalogue) -> list[Shelf]:
    ids = {category.slug: uuid7() for category in shop.categories}
    return [
        Shelf(
            ids[category.slug],
            category.slug,
            ids[category.parent] if category.parent else None,
            by_locale(category.name),
        )
        for category in shop.categories
    ]


def draft(shop: Catalogue, product: Product) -> ProductDraft:
    """Write it in English, with Spanish as its translation."""
    english, spanish = (_options(shop, product, locale) for locale in Locale)
    return ProductDraft(
        name=product.name.en,
        description=product.description.en,
        categories=list(product.categories),
        options=english,
        variants=[_variant(shop, product, variant) for variant in product.variants],
        translations={
            Locale.SPANISH: Translation(
                name=product.name.es, description=product.description.es, options=spanish
            )
        },
    )


def illustrate(row: Row, shop: Catalogue, product: Product) -> None:
    """Hang up its pictures, and say in both languages what it is made of."""
    pictures = shop.pictures(product)
    row.media = [_media(picture, place) for place, picture in enumerate(pictures)]
    row.thumbnail = row.media[0].thumbnail_url
    shown = {picture.value: media for picture, media in zip(pictures, row.media, strict=True)}
    if by := product.pictured_by:
        for variant, told in zip(row.variants, product.variants, strict=True):
            variant.thumbnail = shown[told.options[by]].thumbnail_url
    row.attributes = {
        locale.value: {
            by_locale(shop.attributes[name])[locale]: by_locale(text)[locale]
            for name, text in product.attributes.items()
        }
        for locale in Locale
    }


def _options(shop: Catalogue, product: Product, locale: Locale) -> list[OptionDraft]:
    known = [(shop.options[name], product.values(name)) for name in product.options]
    return [
        OptionDraft(
            by_locale(option.name)[locale],
            [by_locale(option.values[value])[locale] for value in values],
        )
        for option, values in known
    ]


def _variant(shop: Catalogue, product: Product, variant: Variant) -> VariantDraft:
    name = shop.variant_name(product, variant)
    return VariantDraft(
        sku=variant.sku,
        name=name.en,
        options={
            shop.options[option].name.en: shop.options[option].values[value].en
            for option, value in variant.options.items()
        },
        prices=dict(variant.prices.items()),
        compare_at_prices=dict(variant.compare_at.items()),
        stock=variant.stock,
        weight_grams=variant.weight_grams,
        tax_class=product.tax_class,
        translations={Locale.SPANISH: name.es},
    )


def _media(picture: Picture, place: int) -> ProductMedia:
    return ProductMedia(
        position=place,
        url=f"{ADDRESS}/{picture.file.name}",
        thumbnail_url=f"{ADDRESS}/thumbnails/{picture.thumbnail.name}",
        width=PICTURE_SIZE,
        height=PICTURE_SIZE,
        alt={locale.value: text for locale, text in by_locale(picture.alt).items()},
    )
