"""What is written in a cell, and what is meant by it. Pure.

An empty cell leaves a field as it is; `[empty]` empties it.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec

from trastienda.database.models.catalogue.price import LARGEST_AMOUNT
from trastienda.errors import Invalid
from trastienda.schemas.catalogue.product_draft import (
    Description,
    Grams,
    Millimetres,
    Name,
    Slug,
    Units,
    Word,
)
from trastienda.schemas.catalogue.sku import SkuText
from trastienda.services.imports.columns import AMOUNTS, LEVELS, Column, Field
from trastienda.services.shared import currencies

EMPTY = "[empty]"
"""What is written into a cell to empty it."""
EMPTIED = None
"""What such a cell means."""
YES = frozenset({"true", "yes", "1", "sí", "si", "verdadero", "active", "published"})
NO = frozenset({"false", "no", "0", "falso", "draft", "archived"})
_AMOUNT = re.compile(r"(\d{1,13})(?:[.,](\d{1,4}))?", re.ASCII)
_WHOLE = re.compile(r"\d{1,12}", re.ASCII)
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet would take for a formula, behind the apostrophes that keep it from that."""
_MAY_BE_EMPTIED = frozenset(
    {
        Field.DESCRIPTION,
        Field.CATEGORIES,
        Field.VARIANT_NAME,
        Field.PRICE,
        Field.COMPARE_AT_PRICE,
        Field.COST_PRICE,
        Field.WEIGHT,
        Field.LENGTH,
        Field.WIDTH,
        Field.HEIGHT,
    }
)


def guarded(text: str) -> str:
    """Return a text so that no spreadsheet takes it for a formula; `bare` takes that back."""
    return f"'{text}" if _FORMULA.match(text) else text


def bare(text: str) -> str:
    """Return a text without the apostrophe that kept it from being a formula."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text


def written(amount: int, currency: str) -> str:
    """Write an amount in minor units as a decimal number with a point: 1250 EUR is `12.50`."""
    return str(Decimal(amount).scaleb(-currencies.digits(currency)))


def meant(column: Column, text: str) -> Any:  # noqa: ANN401 - by the column
    """Return what a cell means, EMPTIED included. Raise an Invalid that says what is wrong."""
    if text.strip().lower() == EMPTY:
        if column.field in _MAY_BE_EMPTIED or (column.field == Field.NAME and column.locale):
            return EMPTIED
        raise CellNotEmptied
    if column.field in AMOUNTS:
        return _amount(text.strip(), column.of)
    return _READ[column.field](text)


def _amount(text: str, currency: str) -> int:
    digits = currencies.digits(currency)
    match = _AMOUNT.fullmatch(text)
    if match is None or len(match[2] or "") > digits:
        raise PriceUnreadable(currency=currency)
    amount: int = int(match[1]) * 10**digits + int((match[2] or "").ljust(digits, "0") or "0")
    if amount > LARGEST_AMOUNT:
        raise PriceUnreadable(currency=currency)
    return amount


def _text(kind: Any, problem: type[Invalid]) -> Callable[[str], str]:  # noqa: ANN401 - a type
    def read(text: str) -> str:
        try:
            found: str = msgspec.convert(text, kind)
        except msgspec.ValidationError:
            raise problem from None
        return found

    return read


def _stripped(kind: Any, problem: type[Invalid]) -> Callable[[str], str]:  # noqa: ANN401 - a type
    read = _text(kind, problem)
    return lambda text: read(text.strip())


def _whole(kind: Any) -> Callable[[str], int]:  # noqa: ANN401 - a type
    def read(text: str) -> int:
        if not _WHOLE.fullmatch(text.strip()):
            raise NumberUnreadable
        try:
            found: int = msgspec.convert(int(text), kind)
        except msgspec.ValidationError:
            raise NumberUnreadable from None
        return found

    return read


def _yes(text: str) -> bool:
    word = text.strip().lower()
    if word not in YES | NO:
        raise YesOrNoUnreadable
    return word in YES


def _slugs(text: str) -> list[str]:
    read = _text(Slug, SlugUnreadable)
    return list(dict.fromkeys(read(it.strip()) for it in text.split(",") if it.strip()))


class CellNotEmptied(Invalid):
    """This cell cannot be emptied."""


class PriceUnreadable(Invalid):
    """This is no price such as 12.50: write it without separators of thousands."""


class NumberUnreadable(Invalid):
    """This is not a whole number, or not one that is possible here."""


class YesOrNoUnreadable(Invalid):
    """Write true or false."""


class TextTooLong(Invalid):
    """This text is longer than it may be."""


class SlugUnreadable(Invalid):
    """A slug has small letters without accents, digits, and single hyphens between them."""


class SkuUnreadable(Invalid):
    """A SKU has at most 64 characters, no spaces, and no slash."""


_READ: dict[str, Callable[[str], Any]] = {
    Field.SLUG: _stripped(Slug, SlugUnreadable),
    Field.NAME: _text(Name, TextTooLong),
    Field.DESCRIPTION: _text(Description, TextTooLong),
    Field.CATEGORIES: _slugs,
    Field.PUBLISHED: _yes,
    Field.GIFT_CARD: _yes,
    Field.OPTION_NAME: _text(Word, TextTooLong),
    Field.OPTION_VALUE: _text(Word, TextTooLong),
    Field.SKU: _stripped(SkuText, SkuUnreadable),
    Field.VARIANT_NAME: _text(Name, TextTooLong),
    Field.WEIGHT: _whole(Grams),
    Field.LENGTH: _whole(Millimetres),
    Field.WIDTH: _whole(Millimetres),
    Field.HEIGHT: _whole(Millimetres),
    Field.TAX_CLASS: _stripped(Word, TextTooLong),
    **dict.fromkeys(LEVELS, _whole(Units)),
}
