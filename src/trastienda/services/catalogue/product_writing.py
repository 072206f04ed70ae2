"""Conversion of drafts into products and back. Pure: nothing is saved here."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, structs

from trastienda.database.models.catalogue.price import Price
from trastienda.database.models.catalogue.product import Product, ProductText
from trastienda.database.models.catalogue.variant import Variant
from trastienda.database.models.shared.text import Locale
from trastienda.database.models.taxes.tax import STANDARD
from trastienda.errors import Invalid
from trastienda.schemas.catalogue.product_draft import (
    OptionDraft,
    PictureDraft,
    ProductDraft,
    ProductPatch,
    Translation,
    VariantDraft,
    VariantPatch,
)
from trastienda.services.catalogue import product_texts
from trastienda.services.shared import currencies
from trastienda.services.shared.records import given

_WORDS = (
    "name",
    "description",
    "options",
    "sort_key",
    "search_text",
    "search_name",
    "search_terms",
)
_OF_GOODS = ("stock", "weight_grams", "length_mm", "width_mm", "height_mm", "tax_class")


def compose(draft: ProductDraft, slug: str, now: datetime) -> Product:
    """Return a new, unsaved product made from a draft.

    Raise NoSuchCurrency, ReductionUpwards, CostWithoutPrice, OptionsDoNotFit,
    TranslationDoesNotFit or GiftCardVariantUnusable.
    """
    product = Product(
        slug=slug,
        created_at=now,
        updated_at=now,
        texts=product_texts.texts(draft),
        gift_card=draft.gift_card,
    )
    rewrite(product, draft)
    return product


def rewrite(product: Product, draft: ProductDraft) -> None:
    """Apply a draft to a product; variants are matched by SKU. Raise what `compose` raises."""
    product.published = draft.published
    product.attributes = {text.locale.value: draft.attributes for text in product.texts}
    fresh = {text.locale: text for text in product_texts.texts(draft)}
    for text in product.texts:
        for name in _WORDS:
            setattr(text, name, getattr(fresh[text.locale], name))
    known = {variant.sku: variant for variant in product.variants}
    if draft.gift_card:
        _expect_denominations(draft)
    for index, variant_draft in enumerate(draft.variants):
        if variant := known.get(variant_draft.sku):
            _rewrite_variant(variant, draft, variant_draft, index)
        else:
            product.variants.append(_variant(draft, variant_draft, index))


def draft_of(product: Product, categories: list[str], base: Locale) -> ProductDraft:
    """Return a product as a draft in the language `base`, so that a patch can be applied to it."""
    texts = {text.locale: text for text in product.texts}
    first = texts[base]
    draft = ProductDraft(
        name=first.name,
        slug=product.slug,
        description=first.description,
        categories=categories,
        options=_options(first),
        variants=[],
        media=[PictureDraft(id=it.name) for it in product.media],
        published=product.published,
        attributes=product.attributes.get(base.value, {}),
        gift_card=product.gift_card,
        translations={
            locale: _translation(text, first)
            for locale, text in texts.items()
            if locale is not base
        },
    )
    pictures = {it.id: it.name for it in product.media}
    draft.variants = [
        _variant_draft(variant, draft, base, pictures) for variant in product.variants
    ]
    return draft


def patched(draft: ProductDraft, patch: ProductPatch) -> ProductDraft:
    """Return the draft with the patch applied; variants are matched by SKU.

    Raise PriceMissing for a new variant without prices, StockOnlyMoves for a known one with stock.
    """
    fields = given(patch)
    variants = {variant.sku: variant for variant in draft.variants}
    for index, variant in enumerate(fields.pop("variants", [])):
        variants[variant.sku] = _patched_variant(variants.get(variant.sku), variant, index)
    translations = draft.translations | fields.pop("translations", {})
    shown = {it.id for it in fields.get("media", draft.media)}
    asked = {it.sku for it in patch.variants or () if it.media is not UNSET}
    return structs.replace(
        draft,
        **fields,
        variants=[
            it if it.media in shown or it.sku in asked else structs.replace(it, media=None)
            for it in variants.values()
        ],
        translations=translations,
    )


def _patched_variant(known: VariantDraft | None, patch: VariantPatch, index: int) -> VariantDraft:
    fields = given(patch)
    prices = fields.get("prices")
    if known is None:
        if prices is None:
            raise PriceMissing(sku=patch.sku, pointer=f"/variants/{index}/prices")
        return VariantDraft(**fields)
    if fields.get("stock") is not None:
        raise StockOnlyMoves(sku=patch.sku, pointer=f"/variants/{index}/stock")
    if prices is not None:  # drop compare-at prices and costs that no longer fit the prices
        compare_at = {
            currency: amount
            for currency, amount in known.compare_at_prices.items()
            if amount > prices.get(currency, amount)
        }
        costs = {
            currency: cost for currency, cost in known.cost_prices.items() if currency in prices
        }
        fields.setdefault("compare_at_prices", compare_at)
        fields.setdefault("cost_prices", costs)
    return structs.replace(known, **fields)


def _variant(draft: ProductDraft, variant_draft: VariantDraft, index: int) -> Variant:
    variant = Variant(
        sku=variant_draft.sku,
        position=index,
        options=dict(variant_draft.options),
        texts=product_texts.variant_texts(draft, variant_draft, index),
    )
    _rewrite_variant(variant, draft, variant_draft, index)
    return variant


def _rewrite_variant(
    variant: Variant, draft: ProductDraft, variant_draft: VariantDraft, index: int
) -> None:
    variant.position, variant.options = index, dict(variant_draft.options)
    for name in ("weight_grams", "length_mm", "width_mm", "height_mm", "tax_class"):
        setattr(variant, name, getattr(variant_draft, name))
    texts = product_texts.variant_texts(draft, variant_draft, index)
    fresh = {text.locale: text for text in texts}
    for text in variant.texts:
        text.name, text.options = fresh[text.locale].name, fresh[text.locale].options
    _expect_prices(variant_draft, index)
    known = {price.currency: price for price in variant.prices}
    for currency, amount in variant_draft.prices.items():
        compare_at = variant_draft.compare_at_prices.get(currency)
        if price := known.pop(currency, None):
            price.reprice(amount)
            price.compare_at, price.converted = compare_at, False
        else:
            price = Price(currency=currency, amount=amount, compare_at=compare_at)
            variant.prices.append(price)
        price.cost = variant_draft.cost_prices.get(currency)
    for price in known.values():  # an exchange rate will replace or delete them
        price.converted, price.cost = True, None


def _expect_denominations(draft: ProductDraft) -> None:
    """Raise GiftCardVariantUnusable for what a gift card does not have, or is not worth."""
    for index, variant in enumerate(draft.variants):
        for field in _OF_GOODS:
            if getattr(variant, field) not in {None, 0, STANDARD}:
                raise GiftCardVariantUnusable(pointer=f"/variants/{index}/{field}")
        if variant.compare_at_prices:
            raise GiftCardVariantUnusable(pointer=f"/variants/{index}/compare_at_prices")
        for currency, amount in variant.prices.items():
            if not amount:
                raise GiftCardVariantUnusable(pointer=f"/variants/{index}/prices/{currency}")


def _expect_prices(draft: VariantDraft, index: int) -> None:
    for field in ("prices", "compare_at_prices", "cost_prices"):
        for currency in getattr(draft, field):
            currencies.check(currency, f"/variants/{index}/{field}/{currency}")
    for currency, before in draft.compare_at_prices.items():
        if before <= draft.prices.get(currency, before):
            raise ReductionUpwards(pointer=f"/variants/{index}/compare_at_prices/{currency}")
    for currency in draft.cost_prices:
        if currency not in draft.prices:
            raise CostWithoutPrice(pointer=f"/variants/{index}/cost_prices/{currency}")


def _options(text: ProductText) -> list[OptionDraft]:
    return [OptionDraft(option["name"], option["values"]) for option in text.options]


def _translation(text: ProductText, first: ProductText) -> Translation:
    return Translation(
        name=text.name if text.name != first.name else None,
        description=text.description if text.description != first.description else None,
        options=_options(text) if text.options != first.options else None,
    )


def _variant_draft(
    variant: Variant, draft: ProductDraft, base: Locale, pictures: dict[UUID, UUID]
) -> VariantDraft:
    """Return a variant as a draft, without names that are derived from the product's.

    Converted prices are left out, too: written back, they would become the variant's own.
    """
    prices = [price for price in variant.prices if not price.converted]
    bare = VariantDraft(
        sku=variant.sku,
        options=variant.options,
        prices={price.currency: price.amount for price in prices},
        compare_at_prices={
            price.currency: price.compare_at for price in prices if price.compare_at
        },
        cost_prices={price.currency: price.cost for price in prices if price.cost is not None},
        weight_grams=variant.weight_grams,
        length_mm=variant.length_mm,
        width_mm=variant.width_mm,
        height_mm=variant.height_mm,
        tax_class=variant.tax_class,
        media=pictures.get(variant.picture_id) if variant.picture_id else None,
    )
    derived = {text.locale: text.name for text in product_texts.variant_texts(draft, bare, 0)}
    own = {text.locale: text.name for text in variant.texts if text.name != derived[text.locale]}
    return structs.replace(bare, name=own.pop(base, None), translations=own)


class GiftCardVariantUnusable(Invalid):
    """A gift card is worth its price, and has no stock, weight, size, tax class or higher price."""


class ReductionUpwards(Invalid):
    """The price before a reduction is higher than the price, in the same currency."""


class StockOnlyMoves(Invalid):
    """The stock of a variant that is there already changes by movements only."""


class PriceMissing(Invalid):
    """A new variant needs a price."""


class CostWithoutPrice(Invalid):
    """A cost needs a price in the same currency."""
