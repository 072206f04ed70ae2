"""Taking a variant out of a product that keeps others. Pure: nothing is saved here."""

from msgspec import structs

from trastienda.database.models.catalogue.product import Product
from trastienda.database.models.catalogue.variant import Variant
from trastienda.errors import Conflict
from trastienda.schemas.catalogue.product_draft import OptionDraft, ProductDraft, Translation
from trastienda.services.catalogue.products import VariantNotFound


def expect(product: Product, sku: str) -> Variant:
    """Return the variant of a product that may go. Raise VariantNotFound or LastVariant."""
    variant = next((it for it in product.variants if it.sku == sku), None)
    if variant is None:
        raise VariantNotFound
    if len(product.variants) == 1:
        raise LastVariant
    return variant


def without(draft: ProductDraft, sku: str) -> ProductDraft:
    """Return a product without a variant, and without the values of options that it alone had.

    The values go in every language: translations have theirs in the same order.
    """
    gone = next(it for it in draft.variants if it.sku == sku)
    left = [it for it in draft.variants if it.sku != sku]
    kept = [
        [
            place
            for place, value in enumerate(option.values)
            if gone.options.get(option.name) != value
            or any(it.options.get(option.name) == value for it in left)
        ]
        for option in draft.options
    ]
    return structs.replace(
        draft,
        variants=left,
        options=_narrowed(draft.options, kept),
        translations={locale: _translated(it, kept) for locale, it in draft.translations.items()},
    )


def _translated(translation: Translation, kept: list[list[int]]) -> Translation:
    if translation.options is None:
        return translation
    return structs.replace(translation, options=_narrowed(translation.options, kept))


def _narrowed(options: list[OptionDraft], kept: list[list[int]]) -> list[OptionDraft]:
    return [
        structs.replace(option, values=[option.values[place] for place in places])
        for option, places in zip(options, kept, strict=True)
    ]


class LastVariant(Conflict):
    """This is the product's only variant: delete the product instead."""
