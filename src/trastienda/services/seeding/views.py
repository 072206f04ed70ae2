"""Generated products as staff see them, which is what the event about a new one tells."""

from collections.abc import Mapping
from uuid import UUID

from trastienda.database.models.text import Locale
from trastienda.schemas.product_draft import (
    OptionDraft,
    StaffProductView,
    StaffText,
    StaffVariantView,
)
from trastienda.services.seeding.goods import OPTION, SIZES, Good
from trastienda.services.seeding.rows import TAX_CLASS, UNITS, before, grams, prices, variant_name

Prices = Mapping[UUID, dict[str, int]]
"""By variant: what exchange rates have made of the others."""


def view(good: Good, slugs: Mapping[UUID, str], converted: Prices) -> StaffProductView:
    """Describe a product that was just written; `slugs` are those of the categories."""
    return StaffProductView(
        id=good.id,
        slug=good.slug,
        version=1,
        published=True,
        texts={
            locale: StaffText(
                text.name, text.description, [OptionDraft(OPTION[locale], list(SIZES))]
            )
            for locale, text in good.texts.items()
        },
        categories=[slugs[shelf] for shelf in good.shelves],
        attributes={},
        variants=[_variant(good, place, converted) for place in range(len(SIZES))],
        created_at=good.created_at,
        updated_at=good.created_at,
    )


def _variant(good: Good, place: int, converted: Prices) -> StaffVariantView:
    own, size = prices(good, place), SIZES[place]
    return StaffVariantView(
        id=good.variants[place],
        sku=good.sku(size),
        names={locale: variant_name(text, size) for locale, text in good.texts.items()},
        options={OPTION[Locale.ENGLISH]: size},
        prices=own,
        compare_at_prices={
            currency: before(amount) for currency, amount in own.items() if good.reduced
        },
        cost_prices={},
        converted_prices=converted.get(good.variants[place], {}),
        weight_grams=grams(place),
        length_mm=None,
        width_mm=None,
        height_mm=None,
        tax_class=TAX_CLASS,
        on_hand=UNITS,
        reserved=0,
        available=UNITS,
    )
