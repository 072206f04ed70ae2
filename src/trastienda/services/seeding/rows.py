"""Generated products as rows, ready for COPY: each table with its columns, in an order that fits.

Written as text rather than by the models: objects would take most of the time there is.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple
from uuid import UUID

import msgspec

from trastienda.database.models.text import Locale
from trastienda.services.seeding.goods import OPTION, SIZES, Good, Text
from trastienda.services.text import fold, sort_key

Row = tuple[object, ...]
UNITS = 1_000_000
RATES = {"EUR": 100, "USD": 110, "JPY": 160}
"""Minor units of each currency for one euro."""
DEARER = 2
"""Euros from one size to the next."""
TAX_CLASS = "standard"


class Table(NamedTuple):
    name: str
    columns: str
    rows: Callable[[Good], Iterator[Row]]


def tables(location: UUID) -> list[Table]:
    """Say what to write; the stock stands at `location`."""
    stocked = partial(_stock, location)
    text = "locale, name, description, options, sort_key, search_text"
    return [
        Table(
            "products", "id, slug, published, version, attributes, created_at, updated_at", _product
        ),
        Table("product_texts", f"product_id, {text}", _texts),
        Table("product_categories", "product_id, category_id, position", _shelved),
        Table(
            "variants", "id, product_id, sku, position, options, tax_class, weight_grams", _variants
        ),
        Table("variant_texts", "variant_id, locale, name, options", _variant_texts),
        Table("prices", "variant_id, currency, amount, converted, compare_at, reduced_at", _prices),
        Table("stock", "id, variant_id, location_id, on_hand, reserved", stocked),
        Table("stock_movements", "stock_id, reason, created_at, on_hand, reserved", _movements),
    ]


def prices(good: Good, place: int) -> dict[str, int]:
    """Say what the variant of a size costs, in minor units."""
    euros = good.euros + DEARER * place
    return {currency: euros * rate for currency, rate in RATES.items()}


def before(amount: int) -> int:
    """Say what cost `amount` before it was reduced."""
    return amount * 5 // 4


def grams(place: int) -> int:
    return 250 * (place + 1)


def variant_name(text: Text, size: str) -> str:
    return f"{text.name}, {size}"


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


_OPTIONS = {locale: _json([{"name": name, "values": SIZES}]) for locale, name in OPTION.items()}
_CHOICES = {(locale, size): _json({OPTION[locale]: size}) for locale in Locale for size in SIZES}


def _product(good: Good) -> Iterator[Row]:
    yield good.id, good.slug, True, 1, "{}", good.created_at, good.created_at


def _texts(good: Good) -> Iterator[Row]:
    for locale, (name, description) in good.texts.items():
        search_text = fold(f"{name} {description}")
        key = sort_key(name, locale)
        yield good.id, locale.value, name, description, _OPTIONS[locale], key, search_text


def _shelved(good: Good) -> Iterator[Row]:
    for position, shelf in enumerate(good.shelves):
        yield good.id, shelf, position


def _variants(good: Good) -> Iterator[Row]:
    for place, (id_, size) in enumerate(zip(good.variants, SIZES, strict=True)):
        options = _CHOICES[Locale.ENGLISH, size]
        yield id_, good.id, good.sku(size), place, options, TAX_CLASS, grams(place)


def _variant_texts(good: Good) -> Iterator[Row]:
    for locale, text in good.texts.items():
        for id_, size in zip(good.variants, SIZES, strict=True):
            yield id_, locale.value, variant_name(text, size), _CHOICES[locale, size]


def _prices(good: Good) -> Iterator[Row]:
    for place, id_ in enumerate(good.variants):
        for currency, amount in prices(good, place).items():
            reduction = (before(amount), good.created_at) if good.reduced else (None, None)
            yield id_, currency, amount, False, *reduction


def _stock(location: UUID, good: Good) -> Iterator[Row]:
    for id_, variant in zip(good.stock, good.variants, strict=True):
        yield id_, variant, location, UNITS, 0


def _movements(good: Good) -> Iterator[Row]:
    for id_ in good.stock:
        yield id_, "received", good.created_at, UNITS, 0
