"""The form of a record as its template draws it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import msgspec

from trastienda.handlers.pages.admin.records import fields
from trastienda.handlers.pages.admin.records.fields import Field, Room, Section, Way
from trastienda.handlers.pages.admin.records.reading import amounts_of, filled_rows, is_shown
from trastienda.handlers.pages.forms import Form

SPARE_ROWS = 2
UNREAD = frozenset({Way.GROUP.value, Way.ROWS.value, Way.SECRETS.value})
"""What is not shown where it cannot be changed."""
Kinds = tuple[type[msgspec.Struct], ...]
"""The schema of a new record, and that of its changes."""


class Shown(NamedTuple):
    """A field as it is drawn."""

    name: str
    label: str
    hint: str
    way: str
    required: bool = False
    demanded: bool = False
    """Whether the browser sends nothing without it: not inside rows and groups, which may stay
    empty as a whole. The server says what is missing there."""
    readonly: bool = False
    options: list[tuple[str, str]] = []
    unit: str = ""
    is_rare: bool = False
    values: list[str] = []
    parts: "list[Shown]" = []
    rows: "list[list[Shown]]" = []


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
    wrong = any(
        it.name == name or name.startswith(f"{it.name}/") for it in drawn for name in form.errors
    )
    return Panel(section.title, drawn, section.folded and not wrong)


class _Drawing(NamedTuple):
    """Where a field is drawn."""

    form: Form
    room: Room


def _field(it: Field, spec: fields.Spec, name: str, form: Form, room: Room) -> Shown:
    way = fields.way(it, spec)
    required = spec.required and not spec.nullable
    demanded = required and "/" not in name
    drawn = Shown(name, it.label, it.hint, way.value, required, demanded, is_rare=it.is_rare)
    at = _Drawing(form, room)
    if way in _INSIDE:
        return _INSIDE[way](drawn, it, spec, at)
    if way in _PARTS:
        return drawn._replace(parts=[_part(name, each) for each in _PARTS[way](it, name, at)])
    if way is Way.CHOICE:
        options = fields.options(it, spec, room)
        is_filled = it.is_key and form.get(name) != ""
        return drawn._replace(
            options=_chosen(options, form) if it.among_chosen or is_filled else options
        )
    if way is Way.MANY:
        chosen = [each for text in form.all(name) for each in text.split("\n")]
        return drawn._replace(options=list(room.choices.get(it.choices, ())), values=chosen)
    if way is Way.AMOUNT:
        return drawn._replace(unit=form.get(it.currency) or room.currencies[0])
    return drawn


def _chosen(options: list[tuple[str, str]], form: Form) -> list[tuple[str, str]]:
    """Return the choices that a form names, and the empty one: enough to swap or leave out."""
    named = {"", *(text for _, text in form.pairs)}
    return [it for it in options if it[0] in named]


def _part(name: str, last: str) -> Shown:
    return Shown(f"{name}/{last}", last, "", "text")


def _group(drawn: Shown, it: Field, spec: fields.Spec, at: _Drawing) -> Shown:
    return drawn._replace(parts=_below(f"{drawn.name}/", fields.parts(it), spec, at))


def _structs(drawn: Shown, it: Field, spec: fields.Spec, at: _Drawing) -> Shown:
    languages = [each.value for each in at.room.languages(it)]
    groups = [Shown(f"{drawn.name}/{each}", each, "", Way.GROUP.value) for each in languages]
    parts = [each._replace(parts=_below(f"{each.name}/", it.columns, spec, at)) for each in groups]
    return drawn._replace(parts=parts)


def _rows(drawn: Shown, it: Field, spec: fields.Spec, at: _Drawing) -> Shown:
    filled = filled_rows(at.form, drawn.name)
    if at.form.problem or it.whole_rows is None:  # what was sent is shown as it was
        columns = [each for each in it.columns if is_shown(at.form, it, drawn.name, each)]
    else:
        columns = [each for each in it.columns if filled <= it.whole_rows or not each.is_rare]
    plain = [replace(each, hint="") for each in columns]
    rows = [
        # What a column means is said once of the rows that are filled in, and once of the others.
        _below(f"{drawn.name}/{number}/", columns if number in {0, filled} else plain, spec, at)
        for number in range(filled + SPARE_ROWS)
    ]
    return drawn._replace(rows=rows)


def _below(start: str, parts: Sequence[Field], spec: fields.Spec, at: _Drawing) -> list[Shown]:
    inner = fields.specs(fields.inside(spec.type))
    return [_field(it, inner[it.name], f"{start}{it.name}", at.form, at.room) for it in parts]


def _currencies(_it: Field, name: str, at: _Drawing) -> list[str]:
    return amounts_of(at.form, name, at.room)


def _languages(it: Field, _name: str, at: _Drawing) -> list[str]:
    return [each.value for each in at.room.languages(it)]


def _secrets(drawn: Shown, it: Field, _spec: fields.Spec, at: _Drawing) -> Shown:
    """Draw what the chosen kind asks for; before one is chosen, what any kind asks for."""
    of_kind = at.room.choices.get(f"{it.choices}/{at.form.get(it.depends_on)}")
    named = at.room.choices.get(it.choices, ()) if of_kind is None else of_kind
    parts = [Shown(f"{drawn.name}/{each}", at.room.text(text), "", "text") for each, text in named]
    hints = {} if of_kind is not None else dict(at.room.choices.get(f"{it.choices} of", ()))
    return drawn._replace(
        parts=[each._replace(hint=hints.get(each.name.partition("/")[2], "")) for each in parts]
    )


_INSIDE = {
    Way.GROUP: _group,
    Way.STRUCTS: _structs,
    Way.ROWS: _rows,
    Way.SECRETS: _secrets,
}
_PARTS = {
    Way.AMOUNTS: _currencies,
    Way.STEPS: _currencies,
    Way.TEXTS: _languages,
}
