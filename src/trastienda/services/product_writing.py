"""Between what staff write about a product and its rows, both ways. Pure: nothing is saved here."""

from datetime import datetime
from typing import Any

from msgspec import UNSET, structs

from trastienda.database.models.price import Price
from trastienda.database.models.product import Product, ProductText
from trastienda.database.models.text import Locale
from trastienda.database.models.variant import Variant
from trastienda.errors import Invalid
from trastienda.schemas.product_draft import (
    OptionDraft,
    ProductDraft,
    ProductPatch,
    Translation,
    VariantDraft,
    VariantPatch,
)
from trastienda.services import currencies, product_texts


def compose(draft: ProductDraft, slug: str, now: datetime) -> Product:
    """Make a new product out of a draft; nothing is saved yet."""
    product = Product(slug=slug, created_at=now, updated_at=now, texts=product_texts.texts(draft))
    rewrite(product, draft)
    return product


def rewrite(product: Product, draft: ProductDraft) -> None:
    """Make the product say what the draft says; variants are found by their SKU."""
    product.published = draft.published
    product.attributes = {text.locale.value: draft.attributes for text in product.texts}
    fresh = {text.locale: text for text in product_texts.texts(draft)}
    for text in product.texts:
        for name in ("name", "description", "options", "sort_key", "search_text"):
            setattr(text, name, getattr(fresh[text.locale], name))
    known = {variant.sku: variant for variant in product.variants}
    for place, wanted in enumerate(draft.variants):
        if variant := known.get(wanted.sku):
            _rewrite_variant(variant, draft, wanted, place)
        else:
            product.variants.append(_variant(draft, wanted, place))


def draft_of(product: Product, categories: list[str], base: Locale) -> ProductDraft:
    """Write a product back as a draft in the language `base`, to change part of it."""
    texts = {text.locale: text for text in product.texts}
    first = texts[base]
    draft = ProductDraft(
        name=first.name,
        slug=product.slug,
        description=first.description,
        categories=categories,
        options=_options(first),
        variants=[],
        published=product.published,
        attributes=product.attributes.get(base.value, {}),
        translations={
            locale: _translation(text, first)
            for locale, text in texts.items()
            if locale is not base
        },
    )
    draft.variants = [_variant_draft(variant, draft, base) for variant in product.variants]
    return draft


def patched(draft: ProductDraft, patch: ProductPatch) -> ProductDraft:
    """Return the draft with what the patch names; variants are found by SKU."""
    given = _named(patch)
    variants = {variant.sku: variant for variant in draft.variants}
    for place, wanted in enumerate(given.pop("variants", [])):
        variants[wanted.sku] = _patched_variant(variants.get(wanted.sku), wanted, place)
    translations = draft.translations | given.pop("translations", {})
    return structs.replace(
        draft, **given, variants=list(variants.values()), translations=translations
    )


def _named(patch: ProductPatch | VariantPatch) -> dict[str, Any]:
    return {name: value for name, value in structs.asdict(patch).items() if value is not UNSET}


def _patched_variant(known: VariantDraft | None, patch: VariantPatch, place: int) -> VariantDraft:
    given = _named(patch)
    prices = given.get("prices")
    if known is None:
        if prices is None:
            raise PriceMissing(sku=patch.sku, pointer=f"/variants/{place}/prices")
        return VariantDraft(**given)
    if given.get("stock") is not None:
        raise StockOnlyMoves(sku=patch.sku, pointer=f"/variants/{place}/stock")
    if prices is not None:  # what was said beside prices that are gone, or higher now, goes
        before, costs = known.compare_at_prices, known.cost_prices
        kept = {each: was for each, was in before.items() if was > prices.get(each, was)}
        given.setdefault("compare_at_prices", kept)
        given.setdefault("cost_prices", {each: costs[each] for each in costs if each in prices})
    return structs.replace(known, **given)


def _variant(draft: ProductDraft, wanted: VariantDraft, place: int) -> Variant:
    variant = Variant(
        sku=wanted.sku,
        position=place,
        options=dict(wanted.options),
        texts=product_texts.variant_texts(draft, wanted, place),
    )
    _rewrite_variant(variant, draft, wanted, place)
    return variant


def _rewrite_variant(
    variant: Variant, draft: ProductDraft, wanted: VariantDraft, place: int
) -> None:
    variant.position, variant.options = place, dict(wanted.options)
    for name in ("weight_grams", "length_mm", "width_mm", "height_mm", "tax_class"):
        setattr(variant, name, getattr(wanted, name))
    fresh = {text.locale: text for text in product_texts.variant_texts(draft, wanted, place)}
    for text in variant.texts:
        text.name, text.options = fresh[text.locale].name, fresh[text.locale].options
    _expect_prices(wanted, place)
    known = {price.currency: price for price in variant.prices}
    for currency, amount in wanted.prices.items():
        compare_at = wanted.compare_at_prices.get(currency)
        if price := known.pop(currency, None):
            price.reprice(amount)
            price.compare_at, price.converted = compare_at, False
        else:
            price = Price(currency=currency, amount=amount, compare_at=compare_at)
            variant.prices.append(price)
        price.cost = wanted.cost_prices.get(currency)
    for price in known.values():  # an exchange rate makes another one of it, or takes it away
        price.converted, price.cost = True, None


def _expect_prices(wanted: VariantDraft, place: int) -> None:
    for field in ("prices", "compare_at_prices", "cost_prices"):
        for currency in getattr(wanted, field):
            currencies.check(currency, f"/variants/{place}/{field}/{currency}")
    for currency, before in wanted.compare_at_prices.items():
        if before <= wanted.prices.get(currency, before):
            raise ReductionUpwards(pointer=f"/variants/{place}/compare_at_prices/{currency}")
    for currency in wanted.cost_prices:
        if currency not in wanted.prices:
            raise CostWithoutPrice(pointer=f"/variants/{place}/cost_prices/{currency}")


def _options(text: ProductText) -> list[OptionDraft]:
    return [OptionDraft(option["name"], option["values"]) for option in text.options]


def _translation(text: ProductText, first: ProductText) -> Translation:
    return Translation(
        name=text.name if text.name != first.name else None,
        description=text.description if text.description != first.description else None,
        options=_options(text) if text.options != first.options else None,
    )


def _variant_draft(variant: Variant, draft: ProductDraft, base: Locale) -> VariantDraft:
    """Leave out the names that are made of the product's name and the options anyway.

    Converted prices too: written back, they would be the variant's own.
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
    )
    made = {text.locale: text.name for text in product_texts.variant_texts(draft, bare, 0)}
    own = {text.locale: text.name for text in variant.texts if text.name != made[text.locale]}
    return structs.replace(bare, name=own.pop(base, None), translations=own)


class ReductionUpwards(Invalid):
    """The price before a reduction is higher than the price, in the same currency."""


class StockOnlyMoves(Invalid):
    """The stock of a variant that is there already changes by movements only."""


class PriceMissing(Invalid):
    """A new variant needs a price."""


class CostWithoutPrice(Invalid):
    """A cost needs a price in the same currency."""
