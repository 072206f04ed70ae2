"""A record as the texts of its form."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from babel.numbers import format_decimal
from msgspec import UNSET, Struct, structs

from trastienda.database.models.shared.text import Locale
from trastienda.handlers.pages.admin.records import fields
from trastienda.handlers.pages.admin.records.fields import Field, Room, Spec, Way
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
    if isinstance(view, Struct):
        own = {it.encode_name: it.name for it in structs.fields(view)}
        return getattr(view, own[name]) if name in own else None
    return None


def _field(it: Field, spec: Spec, value: Any, room: Room, name: str) -> Pairs:  # noqa: ANN401
    value = None if value is UNSET else value
    match fields.way(it, spec):
        case Way.CHECK:
            return [(name, str(bool(value)).lower())]
        case Way.AMOUNTS:
            return [(f"{name}/{each}", _amount((value or {}).get(each), each, room.locale)) for each in room.currencies]
        case Way.TEXTS:
            return [(f"{name}/{each.value}", (value or {}).get(each) or "") for each in room.languages(it)]
        case Way.WORDS | Way.MANY:
            return [(name, "\n".join(_plain(each) for each in value or []))]
        case Way.PAIRS:
            return [(name, "\n".join(f"{key} = {each}" for key, each in (value or {}).items()))]
        case Way.SECRETS:
            return []
        case Way.ROWS:
            inner = fields.specs(fields.inside(spec.type))
            rows = [_struct(each, inner, it.columns, room, f"{name}/{number}/") for number, each in enumerate(value or [])]
            return [pair for row in rows for pair in row]
        case Way.GROUP:
            inner = fields.specs(fields.inside(spec.type))
            return _struct(value, inner, fields.parts(it), room, f"{name}/")
        case Way.STRUCTS:
            inner = fields.specs(fields.inside(spec.type))
            groups = [_struct((value or {}).get(each), inner, it.columns, room, f"{name}/{each.value}/") for each in room.languages(it)]
            return [pair for group in groups for pair in group]
        case Way.AMOUNT:
            currency = _got(room.record, it.currency) or room.currencies[0]
            return [(name, _amount(value, currency, room.locale))]
        case Way.MOMENT:
            return [(name, local(value, room) if isinstance(value, datetime) else "")]
    return [(name, "" if value is None else _plain(value))]


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
