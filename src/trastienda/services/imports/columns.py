"""The columns of a file of products: their names, and what they mean. Pure.

A name without a language is in the shop's first one: `name`, `name_es`. Amounts name a currency,
`price_EUR`, and stock a location, `stock_main`. Shopify's names of the same columns are understood.
"""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from trastienda.database.models.shared.text import Locale
from trastienda.errors import Invalid
from trastienda.services.shared import currencies
from trastienda.services.stock.locations import MAIN

MOST_OPTIONS = 10


class Field:
    """The fields that columns are about, as files name them."""

    SLUG = "slug"
    NAME = "name"
    DESCRIPTION = "description"
    CATEGORIES = "categories"
    PUBLISHED = "published"
    GIFT_CARD = "gift_card"
    OPTION_NAME = "option_name"
    OPTION_VALUE = "option_value"
    SKU = "sku"
    VARIANT_NAME = "variant_name"
    PRICE = "price"
    COMPARE_AT_PRICE = "compare_at_price"
    COST_PRICE = "cost_price"
    WEIGHT = "weight_grams"
    LENGTH = "length_mm"
    WIDTH = "width_mm"
    HEIGHT = "height_mm"
    TAX_CLASS = "tax_class"
    STOCK = "stock"
    OLD_STOCK = "old_stock"
    """What `stock` was when the file was made: only the difference that people typed counts."""


FIELDS = frozenset(text for name, text in vars(Field).items() if name.isupper())
AMOUNTS = (Field.PRICE, Field.COMPARE_AT_PRICE, Field.COST_PRICE)
MEASURES = (Field.WEIGHT, Field.LENGTH, Field.WIDTH, Field.HEIGHT)
LEVELS = (Field.STOCK, Field.OLD_STOCK)
OF_PRODUCTS = frozenset(
    {
        Field.SLUG,
        Field.NAME,
        Field.DESCRIPTION,
        Field.CATEGORIES,
        Field.PUBLISHED,
        Field.GIFT_CARD,
        Field.OPTION_NAME,
    }
)
"""The fields that all rows of a product share; the first cell that is filled counts."""
PROBLEM = "problem"
"""The column that files of rows with problems have in addition; it is not read."""
_PLAIN = FIELDS - {
    Field.OPTION_NAME,
    Field.OPTION_VALUE,
    Field.NAME,
    Field.DESCRIPTION,
    Field.VARIANT_NAME,
    *AMOUNTS,
    *LEVELS,
}
_LANGUAGE = rf"(?:_(?P<locale>{'|'.join(Locale)}))?"
_TEXT = re.compile(rf"(?P<field>name|description|variant_name){_LANGUAGE}")
_OPTION = re.compile(rf"option_(?P<number>[1-9]|10)_(?P<field>name|value){_LANGUAGE}")
_AMOUNT = re.compile(r"(?P<field>price|compare_at_price|cost_price)(?:_(?P<currency>[a-z]{3}))?")
_STOCK = re.compile(r"(?P<field>stock|old_stock)(?:_(?P<location>.+))?")
_OURS = re.compile(r"(?:option|price|compare_at_price|cost_price|stock|old_stock)_.*")
SHOPIFY = {
    "handle": "slug",
    "title": "name",
    "option1 name": "option_1_name",
    "option1 value": "option_1_value",
    "option2 name": "option_2_name",
    "option2 value": "option_2_value",
    "option3 name": "option_3_name",
    "option3 value": "option_3_value",
    "variant sku": "sku",
    "variant grams": "weight_grams",
    "variant price": "price",
    "variant compare at price": "compare_at_price",
    "cost per item": "cost_price",
    "variant inventory qty": "stock",
    "gift card": "gift_card",
}
"""Its names, in lower case, and ours."""


class Column(NamedTuple):
    """A column by its parts; `name` puts them together."""

    field: str
    locale: Locale | None = None
    """None for the shop's first language."""
    number: int = 0
    """Of the option, from 1 on."""
    of: str = ""
    """The currency, or the code of the location."""

    @property
    def name(self) -> str:
        """How files name it."""
        text = self.field
        if self.number:
            text = f"option_{self.number}_{text.removeprefix('option_')}"
        return "_".join(it for it in (text, self.of, self.locale and self.locale.value) if it)


class Room(NamedTuple):
    """What the names of columns depend on."""

    base: Locale
    """The shop's first language."""
    currency: str
    """The one that is meant where none is named."""
    locations: Collection[str]
    may_count: bool = True
    """Whether columns of stock are read: not those of people who may not change it."""


def of_header(names: Sequence[str], room: Room) -> list[Column | None]:
    """Return what the names of a file's columns mean; None for those that mean nothing here.

    Raise ColumnUnknown for a name that is nearly one of ours, ColumnTwice, or ColumnsMissing.
    """
    found = [_meant(name.strip().lower(), name, room) for name in names]
    seen: set[Column] = set()
    for column, name in zip(found, names, strict=True):
        if column in seen:
            raise ColumnTwice(column=name.strip())
        if column is not None:
            seen.add(column)
    if not {Column(Field.SLUG), Column(Field.SKU), Column(Field.NAME)} & seen or len(seen) == 1:
        raise ColumnsMissing
    return found


@lru_cache(1_024)
def named(name: str) -> Column:
    """Return the column of a name that `Column.name` has made."""
    if match := _TEXT.fullmatch(name):
        return Column(match["field"], _locale(match["locale"]))
    if match := _OPTION.fullmatch(name):
        return Column(f"option_{match['field']}", _locale(match["locale"]), int(match["number"]))
    if match := _AMOUNT.fullmatch(name.lower()):
        return Column(match["field"], of=(match["currency"] or "").upper())
    if match := _STOCK.fullmatch(name):
        return Column(match["field"], of=match["location"] or "")
    return Column(name)


def _meant(name: str, written: str, room: Room) -> Column | None:
    name = SHOPIFY.get(name, name)
    matches = (it.fullmatch(name) for it in (_TEXT, _OPTION, _AMOUNT, _STOCK))
    if name not in _PLAIN and not any(matches):
        if _OURS.fullmatch(name):
            raise ColumnUnknown(column=written.strip())
        return None
    column = named(name)
    if column.locale is room.base:
        column = column._replace(locale=None)
    if column.field in AMOUNTS:
        column = column._replace(of=column.of or room.currency)
        known = column.of in currencies.KNOWN
    elif column.field in LEVELS:
        column = column._replace(of=column.of or MAIN)
        known = column.of in room.locations
        if known and not room.may_count:
            return None
    else:
        known = True
    if not known:
        raise ColumnUnknown(column=written.strip())
    return column


def _locale(text: str | None) -> Locale | None:
    return Locale(text) if text else None


class ColumnUnknown(Invalid):
    """There is no such column: look at its currency, its location or its number."""


class ColumnTwice(Invalid):
    """Two columns mean the same."""


class ColumnsMissing(Invalid):
    """The first line names the columns: slug, SKU or name, and at least one more."""
