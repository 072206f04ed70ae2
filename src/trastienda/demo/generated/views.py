"""Generated products as staff see them: the data of the events about new ones."""

from collections.abc import Mapping
from uuid import UUID

from trastienda.database.models.shared.text import Locale
from trastienda.demo.generated.products import OPTION, SIZES, GeneratedProduct
from trastienda.demo.generated.rows import (
    TAX_CLASS,
    UNITS,
    grams,
    price_before,
    prices,
    variant_name,
)
from trastienda.schemas.catalogue.product_draft import (
    OptionDraft,
    StaffProductView,
    StaffText,
    StaffVariantView,
)

Prices = Mapping[UUID, dict[str, int]]
"""The converted prices of each variant, in minor units by currency."""


def view(
    product: GeneratedProduct, slugs: Mapping[UUID, str], converted: Prices
) -> StaffProductView:
    """Return the view of a product that was just inserted; `slugs` are those of categories."""
    return StaffProductView(
        id=product.id,
        slug=product.slug,
        version=1,
        published=True,
        texts={
            locale: StaffText(
                text.name, text.description, [OptionDraft(OPTION[locale], list(SIZES))]
            )
            for locale, text in product.texts.items()
        },
        categories=[slugs[category_id] for category_id in product.category_ids],
        attributes={},
        gift_card=False,
        variants=[_variant(product, index, converted) for index in range(len(SIZES))],
        media=[],
        created_at=product.created_at,
        updated_at=product.created_at,
    )


def _variant(product: GeneratedProduct, index: int, converted: Prices) -> StaffVariantView:
    own, size = prices(product, index), SIZES[index]
    return StaffVariantView(
        id=product.variants[index],
        sku=product.sku(size),
        names={locale: variant_name(text, size) for locale, text in product.texts.items()},
        options={OPTION[Locale.ENGLISH]: size},
        prices=own,
        compare_at_prices={
            currency: price_before(amount) for currency, amount in own.items() if product.reduced
        },
        cost_prices={},
        converted_prices=converted.get(product.variants[index], {}),
        weight_grams=grams(index),
        length_mm=None,
        width_mm=None,
        height_mm=None,
        tax_class=TAX_CLASS,
        media=None,
        on_hand=UNITS,
        reserved=0,
        available=UNITS,
    )
