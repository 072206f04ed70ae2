"""Generated products as rows for COPY, with the tables in the order of their foreign keys.

Rows are written directly rather than through the models, whose objects would take most of the time.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple
from uuid import UUID

import msgspec

from trastienda.database.models.shared.text import Locale
from trastienda.demo.generated.products import OPTION, SIZES, GeneratedProduct, Text
from trastienda.services.shared.text import context, fold, sort_key

Row = tuple[object, ...]
UNITS = 1_000_000
RATES = {"EUR": 100, "USD": 110, "JPY": 160}
"""Minor units of each currency for one euro."""
PRICE_STEP = 2
"""The difference in price between two sizes, in euros."""
TAX_CLASS = "standard"


class Table(NamedTuple):
    name: str
    columns: str
    rows: Callable[[GeneratedProduct], Iterator[Row]]


def tables(location: UUID) -> list[Table]:
    """Return the tables to write, with the stock at `location`."""
    stocked = partial(_stock, location)
    text = "locale, name, description, options, sort_key, search_text, search_name, search_terms"
    return [
        Table(
            "products", "id, slug, published, version, attributes, created_at, updated_at", _product
        ),
        Table("product_texts", f"product_id, {text}", _texts),
        Table("product_categories", "product_id, category_id, position", _categories),
        Table(
            "variants", "id, product_id, sku, position, options, tax_class, weight_grams", _variants
        ),
        Table("variant_texts", "variant_id, locale, name, options", _variant_texts),
        Table("prices", "variant_id, currency, amount, converted, compare_at, reduced_at", _prices),
        Table("stock", "id, variant_id, location_id, on_hand, reserved", stocked),
        Table("stock_movements", "stock_id, reason, created_at, on_hand, reserved", _movements),
    ]


def prices(product: GeneratedProduct, index: int) -> dict[str, int]:
    """Return the prices of the variant with this index, in minor units by currency."""
    euros = product.euros + PRICE_STEP * index
    return {currency: euros * rate for currency, rate in RATES.items()}


def price_before(amount: int) -> int:
    """Return the price before a reduction to `amount`, both in minor units."""
    return amount * 5 // 4


def grams(index: int) -> int:
    """Return the weight of the variant with this index, in grams."""
    return 250 * (index + 1)


def variant_name(text: Text, size: str) -> str:
    return f"{text.name}, {size}"


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


_OPTIONS = {locale: _json([{"name": name, "values": SIZES}]) for locale, name in OPTION.items()}
_CHOICES = {(locale, size): _json({OPTION[locale]: size}) for locale in Locale for size in SIZES}


def _product(product: GeneratedProduct) -> Iterator[Row]:
    yield product.id, product.slug, True, 1, "{}", product.created_at, product.created_at


def _texts(product: GeneratedProduct) -> Iterator[Row]:
    search_terms = context(word for size in SIZES for word in (product.sku(size), size))
    for locale, (name, description) in product.texts.items():
        words = fold(f"{name} {description}"), fold(name), search_terms
        key = sort_key(name, locale)
        yield product.id, locale.value, name, description, _OPTIONS[locale], key, *words


def _categories(product: GeneratedProduct) -> Iterator[Row]:
    for position, category_id in enumerate(product.category_ids):
        yield product.id, category_id, position


def _variants(product: GeneratedProduct) -> Iterator[Row]:
    for index, (id_, size) in enumerate(zip(product.variants, SIZES, strict=True)):
        options = _CHOICES[Locale.ENGLISH, size]
        yield id_, product.id, product.sku(size), index, options, TAX_CLASS, grams(index)


def _variant_texts(product: GeneratedProduct) -> Iterator[Row]:
    for locale, text in product.texts.items():
        for id_, size in zip(product.variants, SIZES, strict=True):
            yield id_, locale.value, variant_name(text, size), _CHOICES[locale, size]


def _prices(product: GeneratedProduct) -> Iterator[Row]:
    for index, id_ in enumerate(product.variants):
        for currency, amount in prices(product, index).items():
            reduction = (
                (price_before(amount), product.created_at) if product.reduced else (None, None)
            )
            yield id_, currency, amount, False, *reduction


def _stock(location: UUID, product: GeneratedProduct) -> Iterator[Row]:
    for id_, variant in zip(product.stock, product.variants, strict=True):
        yield id_, variant, location, UNITS, 0


def _movements(product: GeneratedProduct) -> Iterator[Row]:
    for id_ in product.stock:
        yield id_, "received", product.created_at, UNITS, 0
