"""A record as the texts of its form."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import msgspec
from babel.numbers import format_decimal
from msgspec import UNSET, structs

from trastienda.database.models.shared.text import Locale
from trastienda.handlers.pages.admin.records import fields
from trastienda.handlers.pages.admin.records.fields import Field, Room, Spec, Way
from trastienda.handlers.pages.admin.records.reading import BY_AMOUNT
from trastienda.services.shared import currencies

Pairs = list[tuple[str, str]]


Specs = dict[str, Spec]


def texts(view: object, known: Specs, wanted: Sequence[Field], room: Room) -> Pairs:
    """Return the names and texts of the fields of a record."""
    return _struct(view, known, wanted, replace(room, record=view), "")


def _struct(view: object, known: Specs, wanted: Sequence[Field], room: Room, below: str) -> Pairs:
    pairs: Pairs = []
    for it in wanted:
        if it.name in known:
            value = it.of(view) if it.of else _got(view, it.name)
            pairs += _field(it, known[it.name], value, room, f"{below}{it.name}")
    return pairs


def _got(view: object, name: str) -> Any:  # noqa: ANN401 - any type of the schema
    if isinstance(view, dict):
        return view.get(name)
    if isinstance(view, msgspec.Struct):
        own = {it.encode_name: it.name for it in structs.fields(view)}
        return getattr(view, own[name]) if name in own else None
    return None


def _field(it: Field, spec: Spec, value: Any, room: Room, name: str) -> Pairs:  # noqa: ANN401
    way, known = fields.way(it, spec), None if value is UNSET else value
    if way in _INSIDE:
        inner = fields.specs(fields.inside(spec.type))
        parts = _INSIDE[way](it, known, room)
        return [
            pair
            for below, each in parts
            for pair in _struct(each, inner, fields.parts(it), room, f"{name}/{below}")
        ]
    if way in _SEVERAL:
        return [(f"{name}/{below}", text) for below, text in _SEVERAL[way](it, known or {}, room)]
    if way is Way.SECRETS:
        return []
    return [(name, _text(it, way, known, room))]


def _text(it: Field, way: Way, value: Any, room: Room) -> str:  # noqa: ANN401
    if way is Way.CHECK:
        return str(bool(value)).lower()
    if way in {Way.WORDS, Way.MANY}:
        return "\n".join(_plain(each) for each in value or [])
    if way is Way.PAIRS:
        return "\n".join(f"{key} = {each}" for key, each in (value or {}).items())
    if way is Way.AMOUNT:
        currency = _got(room.record, it.currency) or room.currencies[0]
        return _amount(value, currency, room.locale)
    if way is Way.MOMENT and isinstance(value, datetime):
        return local(value, room)
    return "" if value is None else _plain(value)


def _rows(_it: Field, value: Any, _room: Room) -> list[tuple[str, Any]]:  # noqa: ANN401
    return [(f"{number}/", each) for number, each in enumerate(value or [])]


def _group(_it: Field, value: Any, _room: Room) -> list[tuple[str, Any]]:  # noqa: ANN401
    return [("", value)]


def _structs(it: Field, value: Any, room: Room) -> list[tuple[str, Any]]:  # noqa: ANN401
    return [(f"{each.value}/", (value or {}).get(each)) for each in room.languages(it)]


def _amounts(_it: Field, value: Any, room: Room) -> Pairs:  # noqa: ANN401
    currencies_ = dict.fromkeys([*room.currencies, *value])
    return [(each, _amount(value.get(each), each, room.locale)) for each in currencies_]


def _texts(it: Field, value: Any, room: Room) -> Pairs:  # noqa: ANN401
    return [(each.value, value.get(each) or "") for each in room.languages(it)]


def _steps(_it: Field, value: Any, room: Room) -> Pairs:  # noqa: ANN401
    by_amount = str(_got(room.record, "tariff")) == BY_AMOUNT
    return [
        (each, "\n".join(_step(it, each, room, by_amount=by_amount) for it in value.get(each, ())))
        for each in dict.fromkeys([*room.currencies, *value])
    ]


def _step(it: Any, currency: str, room: Room, *, by_amount: bool) -> str:  # noqa: ANN401
    start = amount(it.start, currency, room.locale) if by_amount else str(it.start)
    return f"{start} = {amount(it.price, currency, room.locale)}"


_INSIDE = {Way.ROWS: _rows, Way.GROUP: _group, Way.STRUCTS: _structs}
_SEVERAL = {Way.AMOUNTS: _amounts, Way.TEXTS: _texts, Way.STEPS: _steps}


def _plain(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)


def _amount(value: int | None, currency: str, locale: Locale) -> str:
    return "" if value is None else amount(value, currency, locale)


def amount(value: int, currency: str, locale: Locale) -> str:
    """Write an amount in minor units as people of a language type it: `12.50`, `12,50`."""
    digits = currencies.digits(currency)
    pattern = "0." + "0" * digits if digits else "0"
    return format_decimal(Decimal(value).scaleb(-digits), pattern, locale=locale.value)


def local(at: datetime, room: Room) -> str:
    """Write a time on the clocks of the shop, as `datetime-local` has it."""
    return at.astimezone(room.zone).strftime("%Y-%m-%dT%H:%M")
