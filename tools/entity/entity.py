"""What an entity is, as the command line says it, and the words that follow from it."""

import re
from dataclasses import dataclass

NAME = re.compile(r"[a-z]+(_[a-z]+)*")


class Unusable(Exception):
    """The command line says something that no entity can be made of."""


@dataclass(frozen=True)
class Field:
    """A column that staff write, with all that its type says about it."""

    name: str
    type: str

    @property
    def kind(self) -> str:
        """`lead_days` is `LeadDays` in the name of a type."""
        return "".join(word.capitalize() for word in self.name.split("_"))

    @property
    def python(self) -> str:
        return {"int": "int", "bool": "bool"}.get(self.type, "str")

    @property
    def column(self) -> str:
        """Its type in a migration."""
        return {"int": "sa.BigInteger()", "bool": "sa.Boolean()"}.get(self.type, "sa.String()")

    @property
    def check(self) -> str:
        """What the database holds it to, if anything."""
        return f"{self.name} BETWEEN 0 AND {MOST}" if self.type == "int" else ""

    @property
    def annotation(self) -> str:
        """Its type in a schema, with limits and an example; an address has its own."""
        words = self.name.replace("_", " ").capitalize()
        return {
            "text": f'Annotated[Label, Meta(examples=["{words}"])]',
            "int": f"Annotated[int, Meta(ge=0, le={MOST:_}, examples=[3])]",
            "bool": "Annotated[bool, Meta(examples=[True])]",
            "email": "",
        }[self.type]

    @property
    def value(self) -> str:
        """A value that is accepted, as Python."""
        values = {"text": '"Some text"', "int": "3", "bool": "True", "email": '"ada@example.com"'}
        return values[self.type]

    @property
    def wrong(self) -> str:
        """A value that is refused, as Python."""
        return {"text": '""', "int": "-1", "bool": '"maybe"', "email": '"nobody"'}[self.type]


MOST = 1_000_000
TYPES = ("text", "email", "int", "bool")


@dataclass(frozen=True)
class Entity:
    """Something that staff write."""

    name: str
    plural: str
    fields: tuple[Field, ...]
    spanish: str = ""
    """With its article: `el proveedor`."""

    @property
    def key(self) -> Field:
        """The field that no two share: the first."""
        return self.fields[0]

    @property
    def kind(self) -> str:
        """`tax_class` is `TaxClass` as a class."""
        return "".join(word.capitalize() for word in self.name.split("_"))

    @property
    def constant(self) -> str:
        return self.name.upper()

    @property
    def words(self) -> str:
        return self.name.replace("_", " ")

    @property
    def words_of_many(self) -> str:
        return self.plural.replace("_", " ")

    @property
    def a_words(self) -> str:
        return f"{'an' if self.name[0] in 'aeiou' else 'a'} {self.words}"

    @property
    def a_name(self) -> str:
        return self.a_words.replace(" ", "_")

    @property
    def path(self) -> str:
        return self.plural.replace("_", "-")

    @property
    def problem(self) -> str:
        """How its problems begin, to programs."""
        return self.name.replace("_", "-")

    @property
    def errors(self) -> list[tuple[str, str, str, str]]:
        """Its errors: class, kind, and the titles in English and Spanish."""
        article, _, noun = (self.spanish or f"el «{self.words}»").partition(" ")
        that, other, it = ("esa", "Otra", "la") if article == "la" else ("ese", "Otro", "lo")
        key = self.key.name.replace("_", " ")
        return [
            (
                f"{self.kind}NotFound",
                "NotFound",
                f"There is no such {self.words}.",
                f"No existe {that} {noun}.",
            ),
            (
                f"{self.kind}Changed",
                "Stale",
                f"The {self.words} has changed since you read it.",
                f"{article.capitalize()} {noun} ha cambiado desde que usted {it} leyó.",
            ),
            (
                f"{self.kind}{self.key.kind}Taken",
                "Conflict",
                f"Another {self.words} has this {key}.",
                f"{other} {noun} tiene este valor de «{self.key.name}».",
            ),
        ]

    def has(self, type_: str) -> bool:
        return any(field.type == type_ for field in self.fields)

    def type_of(self, field: Field) -> str:
        """Return what a schema calls the type of a field."""
        return f"{self.kind}{field.kind}" if field.annotation else "Email"


def parse(name: str, fields: str, plural: str = "", spanish: str = "") -> Entity:
    """Read the command line. Raise Unusable, which names the field at fault."""
    found = tuple(_field(text.strip()) for text in fields.split(",") if text.strip())
    plural = plural or f"{name}s"
    for word in (name, plural):
        if not NAME.fullmatch(word):
            raise Unusable(f"name: {word!r} is not like tax_class")
    if not found or found[0].type != "text":
        raise Unusable("fields: the first is a text, by which staff tell one from another")
    names = [field.name for field in found]
    for field_name in names:
        if names.count(field_name) > 1 or field_name in {"id", "version"}:
            raise Unusable(f"fields: {field_name} is there already")
    if spanish and not re.match(r"(el|la) \w", spanish):
        raise Unusable("spanish: say the article too, as in `el proveedor`")
    return Entity(name, plural, found, spanish)


def _field(text: str) -> Field:
    name, _, type_ = (part.strip() for part in text.partition(":"))
    if not NAME.fullmatch(name):
        raise Unusable(f"fields: {name!r} is not like lead_days")
    if type_ not in TYPES:
        raise Unusable(f"fields: {name} is one of {', '.join(TYPES)}, not {type_!r}")
    return Field(name, type_)
