"""The demonstration's products as drafts of the kind that staff write. Pure."""

from uuid_utils.compat import uuid7

from trastienda.database.models.catalogue.product import Product as Row
from trastienda.database.models.catalogue.product import ProductMedia
from trastienda.database.models.shared.text import Locale
from trastienda.demo.basics import CategoryNames, ShippingOptionDraft
from trastienda.demo.content import (
    PICTURE_SIZE,
    THUMBNAIL_SIZE,
    Catalogue,
    Picture,
    Product,
    Text,
    Variant,
)
from trastienda.schemas.catalogue.product_draft import (
    OptionDraft,
    ProductDraft,
    Translation,
    VariantDraft,
)

ADDRESS = "/media/demo"
SHIPPING = [
    ShippingOptionDraft(
        {Locale.ENGLISH: "Standard", Locale.SPANISH: "Estándar"},
        {"EUR": 490, "USD": 550, "JPY": 800},
    ),
    ShippingOptionDraft(
        {Locale.ENGLISH: "Express, tomorrow", Locale.SPANISH: "Urgente, mañana"},
        {"EUR": 990, "USD": 1_100, "JPY": 1_600},
    ),
    ShippingOptionDraft(
        {Locale.ENGLISH: "Pick-up in the shop", Locale.SPANISH: "Recogida en la tienda"},
        {"EUR": 0, "USD": 0, "JPY": 0},
    ),
]
"""The default first."""


def by_locale(text: Text) -> dict[Locale, str]:
    return {Locale.ENGLISH: text.en, Locale.SPANISH: text.es}


def categories(shop: Catalogue) -> list[CategoryNames]:
    ids = {category.slug: uuid7() for category in shop.categories}
    return [
        CategoryNames(
            ids[category.slug],
            category.slug,
            ids[category.parent] if category.parent else None,
            by_locale(category.name),
        )
        for category in shop.categories
    ]


def draft(shop: Catalogue, product: Product) -> ProductDraft:
    """Return a product as a draft in English, with a Spanish translation."""
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
    """Add a product's pictures, and its attributes in both languages."""
    pictures = shop.pictures(product)
    row.media = [_media(picture, index) for index, picture in enumerate(pictures)]
    row.thumbnail = row.media[0].thumbnail_url
    media_by_value = {
        picture.value: media for picture, media in zip(pictures, row.media, strict=True)
    }
    if option := product.pictured_by:
        for row_variant, variant in zip(row.variants, product.variants, strict=True):
            row_variant.picture = media_by_value[variant.options[option]]
            row_variant.thumbnail = row_variant.picture.thumbnail_url
    row.attributes = {
        locale.value: {
            by_locale(shop.attributes[name])[locale]: by_locale(text)[locale]
            for name, text in product.attributes.items()
        }
        for locale in Locale
    }


def _options(shop: Catalogue, product: Product, locale: Locale) -> list[OptionDraft]:
    options = [(shop.options[name], product.values(name)) for name in product.options]
    return [
        OptionDraft(
            by_locale(option.name)[locale],
            [by_locale(option.values[value])[locale] for value in values],
        )
        for option, values in options
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


def _media(picture: Picture, index: int) -> ProductMedia:
    url = f"{ADDRESS}/{picture.file.name}"
    thumbnail = f"{ADDRESS}/thumbnails/{picture.thumbnail.name}"
    widths = f"{thumbnail} {THUMBNAIL_SIZE}w, {url} {PICTURE_SIZE}w"
    return ProductMedia(
        position=index,
        url=url,
        thumbnail_url=thumbnail,
        sources=[{"type": "image/webp", "srcset": widths}],
        width=PICTURE_SIZE,
        height=PICTURE_SIZE,
        alt={locale.value: text for locale, text in by_locale(picture.alt).items()},
    )
