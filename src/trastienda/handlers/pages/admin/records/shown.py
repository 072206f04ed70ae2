"""The form of a record as its template draws it."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from trastienda.handlers.pages.admin.records import fields
from trastienda.handlers.pages.admin.records.fields import Field, Room, Section, Way
from trastienda.handlers.pages.admin.records.reading import filled_rows
from trastienda.handlers.pages.forms import Form

SPARE_ROWS = 2
UNREAD = frozenset({Way.GROUP.value, Way.ROWS.value, Way.SECRETS.value})
"""What is not shown where it cannot be changed."""
Kinds = tuple[type[Struct], ...]
"""The schema of a new record, and that of its changes."""


class Shown(NamedTuple):
    """A field as it is drawn."""

    name: str
    label: str
    hint: str
    way: str
    required: bool
    readonly: bool
    options: list[tuple[str, str]]
    unit: str = ""
    is_rare: bool = False
    values: list[str] = []  # noqa: RUF012 - a default of a tuple, which nobody changes
    parts: "list[Shown]" = []  # noqa: RUF012
    rows: "list[list[Shown]]" = []  # noqa: RUF012


class Panel(NamedTuple):
    title: str
    fields: list[Shown]
    folded: bool


def panels(sections: Sequence[Section], kinds: Kinds, form: Form, room: Room) -> list[Panel]:
    """Return the sections of a form. What the second of two schemas has not is only shown."""
    found = [_panel(it, kinds, form, room) for it in sections]
    return [it for it in found if it.fields]


def _panel(section: Section, kinds: Kinds, form: Form, room: Room) -> Panel:
    known, changeable = fields.specs(*kinds), fields.specs(kinds[-1])
    drawn = [
        _field(it, known[it.name], it.name, form, room)._replace(readonly=it.name not in changeable)
        for it in section.fields
        if it.name in known
    ]
    drawn = [it for it in drawn if not it.readonly or it.way not in UNREAD]
    wrong = any(it.name == name or name.startswith(f"{it.name}/") for it in drawn for name in form.errors)
    return Panel(section.title, drawn, section.folded and not wrong)


def _field(it: Field, spec: fields.Spec, name: str, form: Form, room: Room) -> Shown:
    way = fields.way(it, spec)
    required = spec.required and not spec.nullable
    drawn = Shown(name, it.label, it.hint, way.value, required, readonly=False, options=[], is_rare=it.is_rare)
    if way is Way.CHOICE:
        return drawn._replace(options=fields.options(it, spec, room))
    if way is Way.MANY:
        chosen = [each for text in form.all(name) for each in text.split("\n")]
        return drawn._replace(options=list(room.choices.get(it.choices, ())), values=chosen)
    if way is Way.AMOUNT:
        return drawn._replace(unit=form.get(it.currency) or room.currencies[0])
    if way is Way.AMOUNTS:
        return drawn._replace(parts=[_part(name, each) for each in room.currencies])
    if way is Way.TEXTS:
        return drawn._replace(parts=[_part(name, each.value) for each in room.languages(it)])
    if way is Way.SECRETS:
        return drawn._replace(parts=[_part(name, each) for each, _ in room.choices.get(name, ())])
    if way is Way.GROUP:
        inner = fields.specs(fields.inside(spec.type))
        return drawn._replace(parts=[_field(each, inner[each.name], f"{name}/{each.name}", form, room) for each in fields.parts(it)])
    if way is Way.STRUCTS:
        inner = fields.specs(fields.inside(spec.type))
        return drawn._replace(
            parts=[
                Shown(f"{name}/{each.value}", each.value, "", Way.GROUP.value, required=False, readonly=False, options=[])._replace(
                    parts=[_field(part, inner[part.name], f"{name}/{each.value}/{part.name}", form, room) for part in it.columns]
                )
                for each in room.languages(it)
            ]
        )
    if way is Way.ROWS:
        return drawn._replace(rows=_rows(it, spec, name, form, room))
    return drawn


def _part(name: str, last: str) -> Shown:
    return Shown(f"{name}/{last}", last, "", "text", required=False, readonly=False, options=[])


def _rows(it: Field, spec: fields.Spec, name: str, form: Form, room: Room) -> list[list[Shown]]:
    inner = fields.specs(fields.inside(spec.type))
    return [
        [_field(each, inner[each.name], f"{name}/{number}/{each.name}", form, room) for each in it.columns]
        for number in range(filled_rows(form, name) + SPARE_ROWS)
    ]
