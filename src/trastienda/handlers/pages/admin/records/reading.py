"""What people typed, as the data of a schema. Pointers of faults name the fields of the form."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from trastienda.handlers.pages import fields as form_fields
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin.records import fields
from trastienda.handlers.pages.admin.records.fields import Field, Room, Spec, Way
from trastienda.handlers.pages.forms import Form, FormIncomplete
from trastienda.middlewares.answers.faults import fault
from trastienda.schemas.shared.problem import Fault

S = TypeVar("S", bound=msgspec.Struct)
LEFT_OUT: Any = object()
BY_AMOUNT = "subtotal"
CODE = re.compile(r"[A-Z]{3}")
WHOLE = re.compile(r"-?[0-9]{1,18}")
MOST_ROWS = 1_000


class Reader:
    """Reads the fields of one form."""

    def __init__(self, form: Form, room: Room, *, changes: bool) -> None:
        """Take a form; `changes` says that what is left out would stay as it was."""
        self.form, self.room, self.changes = form, room, changes
        self.faults: list[Fault] = []

    def struct(
        self, kind: type[msgspec.Struct], wanted: Sequence[Field], below: str = ""
    ) -> dict[str, Any]:
        """Return the data of these fields; those that the schema does not have are left out."""
        known = fields.specs(kind)
        data = {
            it.name: self._value(it, known[it.name], f"{below}{it.name}")
            for it in wanted
            if it.name in known
        }
        return {name: it for name, it in data.items() if it is not LEFT_OUT}

    def _value(self, it: Field, spec: Spec, name: str) -> Any:  # noqa: ANN401 - any type of the schema
        read = _READERS.get(fields.way(it, spec), Reader._text)
        return read(self, it, spec, name)

    def _check(self, _it: Field, _spec: Spec, name: str) -> bool:
        return self.form.get(name) == "true"

    def _text(self, it: Field, spec: Spec, name: str) -> Any:  # noqa: ANN401
        text, way = self.form.get(name).strip(), fields.way(it, spec)
        if not text:
            return self._nothing(spec, name)
        if way is Way.NUMBER:
            return int(text) if WHOLE.fullmatch(text) else text
        if way is Way.MOMENT:
            return self._moment(text)
        if way is Way.AMOUNT:
            currency = self.form.get(it.currency) or self.room.currencies[0]
            return self._amount(text, currency, name)
        return text

    def _nothing(self, spec: Spec, name: str) -> Any:  # noqa: ANN401
        """Return what an empty field says: nothing at all, an empty text, or that it is missing."""
        if spec.nullable:
            return None
        if (
            isinstance(spec.type, inspect.StrType)
            and not spec.type.min_length
            and not spec.required
        ):
            return "" if spec.type.pattern is None else LEFT_OUT
        if spec.required or (self.changes and "/" not in name):
            self.faults.append(fault(f"/{name}", "missing"))
        return LEFT_OUT

    def _moment(self, text: str) -> str:
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            return text
        return (at if at.tzinfo else at.replace(tzinfo=self.room.zone)).isoformat()

    def _amount(self, text: str, currency: str, name: str) -> Any:  # noqa: ANN401
        try:
            return forms.amount(text, currency, self.room.locale, pointer=f"/{name}")
        except forms.AmountUnreadable:
            self.faults.append(fault(f"/{name}", "wrong_type", expected=["number"]))
            return LEFT_OUT

    def _amounts(self, _it: Field, _spec: Spec, name: str) -> dict[str, int]:
        known = amounts_of(self.form, name, self.room)
        typed = {it: self.form.get(f"{name}/{it}").strip() for it in known}
        found = {it: self._amount(text, it, f"{name}/{it}") for it, text in typed.items() if text}
        return {currency: it for currency, it in found.items() if it is not LEFT_OUT}

    def _texts(self, it: Field, spec: Spec, name: str) -> dict[str, str | None]:
        languages = self.room.languages(it)
        typed = {each.value: self.form.get(f"{name}/{each.value}").strip() for each in languages}
        if fields.texts_may_go(spec.type):
            return {language: text or None for language, text in typed.items()}
        return {language: text for language, text in typed.items() if text}

    def _steps(self, _it: Field, _spec: Spec, name: str) -> dict[str, Any]:
        """Read `from = price` lines; a threshold is an amount where the tariff is by subtotal."""
        found: dict[str, Any] = {}
        for currency in amounts_of(self.form, name, self.room):
            place = f"{name}/{currency}"
            lines = [it.partition("=") for it in self.form.get(place).splitlines() if it.strip()]
            if lines:
                found[currency] = [
                    self._step(start, price, currency, place) for start, _, price in lines
                ]
        return found

    def _step(self, start: str, price: str, currency: str, place: str) -> dict[str, Any]:
        by_amount = self.form.get("tariff") == BY_AMOUNT
        start = start.strip()
        whole = int(start) if WHOLE.fullmatch(start) else start
        threshold = self._amount(start, currency, place) if by_amount else whole
        step = {"from": threshold, "price": self._amount(price.strip(), currency, place)}
        return {key: it for key, it in step.items() if it is not LEFT_OUT}

    def _words(self, it: Field, spec: Spec, name: str) -> list[Any]:
        between = "," if it.with_commas else "\n"
        texts = [part.strip() for text in self.form.all(name) for part in text.split(between)]
        if isinstance(fields.item(spec.type), inspect.IntType):
            return [int(text) if WHOLE.fullmatch(text) else text for text in texts if text]
        return [text for text in texts if text]

    def _pairs(self, _it: Field, _spec: Spec, name: str) -> dict[str, Any]:
        lines = [it.partition("=") for it in self.form.get(name).splitlines() if it.strip()]
        return {
            key.strip(): int(text) if WHOLE.fullmatch(text.strip()) else text.strip()
            for key, _, text in lines
        }

    def _secrets(self, _it: Field, _spec: Spec, name: str) -> dict[str, str]:
        """Return those that were typed: an empty field leaves what is saved as it is."""
        start = f"{name}/"
        return {
            it[len(start) :]: text for it, text in self.form.pairs if it.startswith(start) and text
        }

    def _rows(self, it: Field, spec: Spec, name: str) -> list[Any] | None:
        self.form.pairs = _compact(self.form.pairs, it, name)
        kind = fields.inside(spec.type)
        wanted = [each for each in it.columns if is_shown(self.form, it, name, each)]
        rows = [
            self.struct(kind, wanted, f"{name}/{number}/")
            for number in range(filled_rows(self.form, name))
        ]
        return rows or (None if spec.nullable else [])

    def _structs(self, it: Field, spec: Spec, name: str) -> dict[str, Any]:
        found = {
            each.value: self._group(it, spec, f"{name}/{each.value}")
            for each in self.room.languages(it)
        }
        return {language: {} if data is LEFT_OUT else data for language, data in found.items()}

    def _group(self, it: Field, spec: Spec, name: str) -> Any:  # noqa: ANN401
        start = f"{name}/"
        if not any(text.strip() for each, text in self.form.pairs if each.startswith(start)):
            return None if spec.nullable else LEFT_OUT
        return self.struct(fields.inside(spec.type), fields.parts(it), start)


_READERS: dict[Way, Callable[[Reader, Field, Spec, str], Any]] = {
    Way.CHECK: Reader._check,  # noqa: SLF001 - of this module
    Way.AMOUNTS: Reader._amounts,  # noqa: SLF001
    Way.TEXTS: Reader._texts,  # noqa: SLF001
    Way.WORDS: Reader._words,  # noqa: SLF001
    Way.MANY: Reader._words,  # noqa: SLF001
    Way.PAIRS: Reader._pairs,  # noqa: SLF001
    Way.STEPS: Reader._steps,  # noqa: SLF001
    Way.SECRETS: Reader._secrets,  # noqa: SLF001
    Way.ROWS: Reader._rows,  # noqa: SLF001
    Way.GROUP: Reader._group,  # noqa: SLF001
    Way.STRUCTS: Reader._structs,  # noqa: SLF001
}


def amounts_of(form: Form, name: str, room: Room) -> list[str]:
    """Return the currencies of a field: the channel's, and others in which it has an amount."""
    start = f"{name}/"
    sent = [it[len(start) :] for it, _ in form.pairs if it.startswith(start)]
    return list(dict.fromkeys([*room.currencies, *(it for it in sent if CODE.fullmatch(it))]))


def read(form: Form, kind: type[S], wanted: Sequence[Field], room: Room, *, changes: bool) -> S:
    """Return the struct that a controller takes. Raise FormIncomplete with every fault."""
    reader = Reader(form, room, changes=changes)
    made, wrong = form_fields.checked(kind, reader.struct(kind, wanted))
    found = {it.pointer: it for it in [*wrong, *reader.faults]}
    if found or made is None:
        raise FormIncomplete(errors=list(found.values()))
    return made


def is_shown(form: Form, rows: Field, name: str, column: Field) -> bool:
    """Say whether a form has a column of the rows of a list: of many rows, it has no rare ones."""
    if rows.whole_rows is None or not column.is_rare:
        return True
    fields_of_rows = (it[len(name) + 1 :] for it, _ in form.pairs if it.startswith(f"{name}/"))
    return any(it.split("/")[1:2] == [column.name] for it in fields_of_rows)


def filled_rows(form: Form, name: str) -> int:
    """Return how many rows of a list are filled in; they are numbered from 0."""
    start = f"{name}/"
    numbers = [it[len(start) :].partition("/")[0] for it, _ in form.pairs if it.startswith(start)]
    return min(MOST_ROWS, 1 + max((int(it) for it in numbers if it.isdecimal()), default=-1))


def _compact(pairs: list[tuple[str, str]], field: Field, name: str) -> list[tuple[str, str]]:
    """Leave out the empty rows of a list, and number the others from 0.

    What is only chosen in a row does not fill it: something is chosen in each of them.
    """
    chosen = {it.name for it in field.columns if it.choices and not it.is_key}
    start = f"{name}/"
    rows: dict[int, list[tuple[str, str]]] = {}
    others = []
    for it, text in pairs:
        number, slash, column = it[len(start) :].partition("/")
        if it.startswith(start) and slash and number.isascii() and number.isdecimal():
            rows.setdefault(int(number[:9]), []).append((column, text))
        else:
            others.append((it, text))
    filled = [
        rows[it]
        for it in sorted(rows)
        if any(_says(text) for column, text in rows[it] if column not in chosen)
    ]
    return others + [
        (f"{start}{number}/{column}", text)
        for number, row in enumerate(filled)
        for column, text in row
    ]


def _says(text: str) -> bool:
    return bool(text.strip()) and text != "false"


def beside_fields(form: Form, wanted: Sequence[Field]) -> None:
    """Put each sentence beside the field that was typed: one about `skus/3` beside `skus`."""
    names = {it.name for it in wanted if not it.columns}
    for pointer in list(form.errors):
        typed = pointer
        while "/" in typed and typed not in {it for it, _ in form.pairs}:
            typed = typed.rpartition("/")[0]
        if typed != pointer and typed in names:
            form.errors.setdefault(typed, form.errors.pop(pointer))
