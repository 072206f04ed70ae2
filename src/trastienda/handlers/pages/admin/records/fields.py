"""The fields of a record's form, and how each is typed: what the schema says of it decides."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

import msgspec
from msgspec import NODEFAULT, inspect, structs

from trastienda.database.models.shared.text import Locale
from trastienda.handlers.pages.admin import words
from trastienda.handlers.pages.words import marked

LONG_TEXT = 300
"""Texts that may be longer than this are typed into a field of several lines."""
CURRENCY = r"\A[A-Z]{3}\Z"
Choices = Sequence[tuple[str, str]]
"""Values, and how they are called."""


class Way(StrEnum):
    """How a value is typed."""

    TEXT = "text"
    AREA = "area"
    NUMBER = "number"
    CHECK = "check"
    CHOICE = "choice"
    MANY = "many"
    """Any number of choices."""
    MOMENT = "moment"
    AMOUNT = "amount"
    AMOUNTS = "amounts"
    """An amount in each currency of the channel."""
    TEXTS = "texts"
    """A text in each language but the first."""
    WORDS = "words"
    """A list, a line each."""
    PAIRS = "pairs"
    """`name = value`, a line each."""
    GROUP = "group"
    """Fields within a field: an address, unless it has columns of its own."""
    ROWS = "rows"
    STRUCTS = "structs"
    """A group of fields in each language but the first."""
    STEPS = "steps"
    """Prices from a threshold on: `2000 = 7.90`, a line each, in each currency."""
    SECRETS = "secrets"
    """Fields that are written and never shown."""


@dataclass(frozen=True)
class Field:
    """A field of a form, named as the schema names it."""

    name: str
    label: str
    hint: str = ""
    way: Way | None = None
    """None: as the type of the schema's field says."""
    choices: str = ""
    """The name of a set of choices that the page brings along."""
    of: Callable[[Any], Any] | None = None
    """Where a view has it, if not under its name."""
    columns: Sequence["Field"] = ()
    """Of the rows of a list, or of a group that is no address."""
    in_all_languages: bool = False
    """Texts stand in the first language as well; names have a field of their own for it."""
    with_commas: bool = False
    """The words of a list may stand in one line."""
    among_chosen: bool = False
    """Only what the form has chosen elsewhere may be chosen here."""
    is_key: bool = False
    """A row in which only this is chosen is filled in; otherwise choices alone fill none."""
    is_rare: bool = False
    """In a row, it opens by a click."""
    whole_rows: int | None = None
    """With more rows than these, a list leaves the rare fields to the page that each row has."""
    depends_on: str = ""
    """The field whose value says which of the secrets are asked for."""
    currency: str = ""
    """The field that names the currency of this amount; the channel's without one."""


@dataclass(frozen=True)
class Section:
    """Fields that belong together; folded ones open by a click, or if something is wrong there."""

    title: str
    fields: Sequence[Field]
    folded: bool = False


@dataclass(frozen=True)
class Room:
    """What typed texts depend on."""

    locale: Locale
    currencies: Sequence[str]
    zone: tzinfo
    first_language: Locale
    text: Callable[[str], str]
    """Returns an English text in the language of the page."""
    choices: dict[str, Choices] = field(default_factory=dict)
    record: object = None
    """What the form is about: it names the currency of amounts."""

    def languages(self, of: Field) -> list[Locale]:
        """Return the languages in which a field has texts."""
        return [it for it in Locale if of.in_all_languages or it is not self.first_language]


class Spec(NamedTuple):
    """What a schema says of a field."""

    type: inspect.Type
    required: bool
    nullable: bool


ADDRESS = (
    Field("name", marked("Name")),
    Field("line1", marked("Street and number")),
    Field("line2", marked("Floor, door")),
    Field("postal_code", marked("Postal code")),
    Field("city", marked("City")),
    Field("region", marked("Region")),
    Field("country", marked("Country"), hint=marked("Two letters, such as ES")),
    Field("phone", marked("Telephone")),
)


@cache
def specs(*kinds: type[msgspec.Struct]) -> dict[str, Spec]:
    """Return what schemas say of each field, by its name in JSON; the first that has it counts."""
    found: dict[str, Spec] = {}
    for kind in kinds:
        info = inspect.type_info(kind)
        assert isinstance(info, inspect.StructType)  # noqa: S101 - `kind` says so
        for it in info.fields:
            found.setdefault(it.encode_name, _spec(it.type, required=it.required))
    return found


def _spec(type_: inspect.Type, *, required: bool) -> Spec:
    while isinstance(type_, inspect.Metadata):
        type_ = type_.type
    if not isinstance(type_, inspect.UnionType):
        return Spec(type_, required, nullable=False)
    members = [it.type if isinstance(it, inspect.Metadata) else it for it in type_.types]
    nullable = any(isinstance(it, inspect.NoneType) for it in members)
    plain = [it for it in members if not isinstance(it, inspect.NoneType)]
    return Spec(plain[0], required, nullable)


def item(type_: inspect.Type) -> inspect.Type:
    """Return the type of the items of a list."""
    assert isinstance(type_, inspect.ListType)  # noqa: S101 - the caller knows its way
    return _spec(type_.item_type, required=True).type


def way(it: Field, spec: Spec) -> Way:
    """Return how a field is typed."""
    if it.way:
        return it.way
    if it.choices:
        return Way.MANY if isinstance(spec.type, inspect.ListType) else Way.CHOICE
    return _of_type(spec.type)


SIMPLE: dict[type[inspect.Type], Way] = {
    inspect.BoolType: Way.CHECK,
    inspect.EnumType: Way.CHOICE,
    inspect.LiteralType: Way.CHOICE,
    inspect.IntType: Way.NUMBER,
    inspect.DateTimeType: Way.MOMENT,
    inspect.StructType: Way.GROUP,
}


def _of_type(type_: inspect.Type) -> Way:
    if isinstance(type_, inspect.ListType):
        return Way.ROWS if isinstance(item(type_), inspect.StructType) else Way.WORDS
    if isinstance(type_, inspect.DictType):
        return _of_dict(type_)
    if isinstance(type_, inspect.StrType) and (type_.max_length or 0) > LONG_TEXT:
        return Way.AREA
    return SIMPLE.get(type(type_), Way.TEXT)


def _of_dict(type_: inspect.DictType) -> Way:
    key = _spec(type_.key_type, required=True).type
    if isinstance(key, inspect.EnumType):
        value = _spec(type_.value_type, required=True).type
        return Way.STRUCTS if isinstance(value, inspect.StructType) else Way.TEXTS
    if isinstance(key, inspect.StrType) and key.pattern == CURRENCY:
        return Way.AMOUNTS
    return Way.PAIRS


def texts_may_go(type_: inspect.Type) -> bool:
    """Say whether a text in a language is taken away by null, rather than left out."""
    assert isinstance(type_, inspect.DictType)  # noqa: S101 - the caller knows its way
    return _spec(type_.value_type, required=True).nullable


def options(field_: Field, spec: Spec, room: Room) -> list[tuple[str, str]]:
    """Return what may be chosen, with an empty choice where there may be none."""
    if field_.choices:
        found = list(room.choices.get(field_.choices, ()))
    elif isinstance(spec.type, inspect.EnumType):
        cls = spec.type.cls
        found = [(str(it.value), room.text(words.of(str(it.value), cls.__name__))) for it in cls]
    elif isinstance(spec.type, inspect.LiteralType):
        found = [(str(it), room.text(words.of(str(it)))) for it in spec.type.values]
    else:
        found = []
    return [("", "—"), *found] if spec.nullable else found


def parts(it: Field) -> Sequence[Field]:
    """Return the fields within a field."""
    return it.columns or ADDRESS


def inside(type_: inspect.Type) -> type[msgspec.Struct]:
    """Return the struct of a field that has fields of its own."""
    inner = item(type_) if isinstance(type_, inspect.ListType) else type_
    if isinstance(inner, inspect.DictType):
        inner = _spec(inner.value_type, required=True).type
    assert isinstance(inner, inspect.StructType)  # noqa: S101 - the caller knows its way
    return inner.cls


def defaults(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the values that a new record begins with."""
    found: dict[str, Any] = {}
    for it in structs.fields(kind):
        if it.default is not NODEFAULT:
            found[it.encode_name] = it.default
        elif it.default_factory is not NODEFAULT:
            found[it.encode_name] = it.default_factory()
    return found
