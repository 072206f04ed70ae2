"""Translates msgspec's messages about a request into faults: a code, facts and a sentence.

msgspec describes what it refuses in one line of English for programmers: `Expected `int` >= 1 - at
`$.lines[0].quantity``. A test makes sure that each of its messages is known here.
"""

import ast
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import inspect

from trastienda.database.models.shared.text import Locale
from trastienda.middlewares.answers import fault_texts
from trastienda.schemas.shared.problem import Fault

shape = lru_cache(512)(inspect.type_info)
PLACE = re.compile(r"\$(?:\.[\w-]+|\[\d+\]|\[\.\.\.\])*")
STEP = re.compile(r"\.([\w-]+)|\[(\d+|\.\.\.)\]")
ANY = "..."
Facts = dict[str, Any]
Known = tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, Facts]]]
TYPES = {
    "array": "array",
    "bool": "boolean",
    "bytes": "base64",
    "date": "date",
    "datetime": "date-time",
    "decimal": "decimal",
    "duration": "duration",
    "float": "number",
    "int": "integer",
    "null": "null",
    "object": "object",
    "str": "string",
    "time": "time",
    "uuid": "uuid",
}
"""msgspec's names of types, and ours: those of JSON Schema, formats included."""


def fault(pointer: str, code: str, source: str | None = None, **facts: Any) -> Fault:  # noqa: ANN401 - facts
    """Make a fault, with the English sentence for its code."""
    bare = Fault(pointer=pointer, code=code, detail="", source=source, **facts)
    return said(bare, Locale.ENGLISH)


def said(fault: Fault, language: Locale) -> Fault:
    if fault.code not in fault_texts.SENTENCES:
        return fault
    return msgspec.structs.replace(fault, detail=fault_texts.sentence(fault, language))


def translated(message: str, root: Any, pointer: str = "", source: str | None = None) -> Fault:  # noqa: ANN401 - a type
    """Translate a message of msgspec about a value that should have been a `root`."""
    text, steps, of_key = placed(message)
    code, facts = meaning(text)
    named = facts.pop("field", None)
    if code == "not_one_of":
        facts["allowed"] = allowed(root, steps, of_key=of_key)
    known = steps[: steps.index(ANY)] if ANY in steps else steps
    if named is not None and ANY not in steps:
        known = (*known, named)
    escaped = (step.replace("~", "~0").replace("/", "~1") for step in known)
    return fault(pointer + "".join(f"/{step}" for step in escaped), code, source, **facts)


def placed(message: str) -> tuple[str, tuple[str, ...], bool]:
    """Split "… - at `$.lines[0].sku`" into the message and the steps of the path."""
    if message.endswith("`"):
        text, at, position = message[:-1].rpartition(" - at `")
        of_key, path = position.startswith("key` in `"), position.removeprefix("key` in `")
        if at and PLACE.fullmatch(path) and any(it.fullmatch(text) for it, _ in MESSAGES):
            steps = tuple(name or index for name, index in STEP.findall(path))
            return text, steps, of_key
    return message, (), False


def meaning(text: str) -> tuple[str, Facts]:
    """Return the code of a message without its path, and its facts."""
    for pattern, means in MESSAGES:
        if match := pattern.fullmatch(text):
            return means(match)
    return "malformed", {}


def _number(text: str) -> int | float:
    return float(text) if re.search(r"[.einf]", text) else int(text)


def _kinds(match: re.Match[str]) -> tuple[str, Facts]:
    """Leave null out of the expected types: omitting the field means the same."""
    kinds = [TYPES.get(it, it) for it in match[1].split(" | ")]
    return "wrong_type", {"expected": [it for it in kinds if it != "null"] or kinds}


def _regex(match: re.Match[str]) -> tuple[str, Facts]:
    name = fault_texts.named(ast.literal_eval(match[1]))
    return ("pattern", {"expected": [name]}) if name else ("malformed", {})


def _length(short: str, long: str) -> Callable[[re.Match[str]], tuple[str, Facts]]:
    def means(match: re.Match[str]) -> tuple[str, Facts]:
        bound = int(match[2])
        if match[1] == ">=":
            return short, {"minimum": bound}
        return long, {"maximum": bound}

    return means


def _bound(match: re.Match[str]) -> tuple[str, Facts]:
    bound = _number(match[2])
    if ">" in match[1]:
        return "too_small", {"minimum": bound}
    return "too_large", {"maximum": bound}


def _format(name: str) -> Callable[[re.Match[str]], tuple[str, Facts]]:
    return lambda _: ("format", {"expected": [name]})


def _plain(code: str) -> Callable[[re.Match[str]], tuple[str, Facts]]:
    return lambda _: (code, {})


def _field(code: str) -> Callable[[re.Match[str]], tuple[str, Facts]]:
    return lambda match: (code, {"field": match[1]})


MESSAGES: list[Known] = [
    (re.compile(r"Object missing required field `(.+)`", re.DOTALL), _field("missing")),
    (re.compile(r"Object contains unknown field `(.*)`", re.DOTALL), _field("unknown")),
    (re.compile(r"Expected `([^`]+)`(?:, got `[^`]+`)?", re.DOTALL), _kinds),
    (
        re.compile(r"Expected `str` of length (<=|>=) (\d+)", re.DOTALL),
        _length("too_short", "too_long"),
    ),
    (
        re.compile(r"Expected `(?:array|object)` of length (<=|>=) (\d+)", re.DOTALL),
        _length("too_few", "too_many"),
    ),
    (re.compile(r"Expected `(?:int|float)` (<=|>=|<|>) (\S+)", re.DOTALL), _bound),
    (
        re.compile(r"Expected `(?:int|float)` that's a multiple of (\S+)", re.DOTALL),
        lambda match: ("not_multiple", {"step": _number(match[1])}),
    ),
    (re.compile(r"Expected `str` matching regex (.+)", re.DOTALL), _regex),
    (re.compile(r"Expected `datetime` with a timezone component", re.DOTALL), _format("date-time")),
    (re.compile(r"Invalid enum value .*", re.DOTALL), _plain("not_one_of")),
    (re.compile(r"Invalid value .*", re.DOTALL), _plain("not_one_of")),
    (re.compile(r"Invalid UUID", re.DOTALL), _format("uuid")),
    (re.compile(r"Invalid RFC3339 encoded datetime", re.DOTALL), _format("date-time")),
    (re.compile(r"Invalid RFC3339 encoded date", re.DOTALL), _format("date")),
    (re.compile(r"Invalid RFC3339 encoded time", re.DOTALL), _format("time")),
    (re.compile(r"Invalid epoch timestamp", re.DOTALL), _format("date-time")),
    (re.compile(r"Invalid ISO8601 duration|Only units .*", re.DOTALL), _format("duration")),
    (re.compile(r"Invalid base64 encoded string", re.DOTALL), _format("base64")),
    (re.compile(r"Invalid decimal string", re.DOTALL), _format("decimal")),
    (
        re.compile(r"(?:Integer value|Number|Timestamp is|Duration is) out of range ?", re.DOTALL),
        _plain("out_of_range"),
    ),
]


def allowed(root: Any, steps: Iterable[str], *, of_key: bool) -> list[str | int]:  # noqa: ANN401 - a type
    """Return all values that are allowed at a path."""
    found = [shape(root)]
    for step in steps:
        found = [inner for it in found for inner in _inside(it, step)]
    if of_key:
        found = [it.key_type for it in found if isinstance(it, inspect.DictType)]
    return [value for it in _members(found) for value in _values(it)]


def _members(types: Iterable[inspect.Type]) -> list[inspect.Type]:
    """Split unions and unwrap annotations."""
    found: list[inspect.Type] = []
    for kind in types:
        if isinstance(kind, inspect.Metadata):
            found += _members([kind.type])
        elif isinstance(kind, inspect.UnionType):
            found += _members(kind.types)
        else:
            found.append(kind)
    return found


def _inside(outer: inspect.Type, step: str) -> list[inspect.Type]:
    """Return the types that are allowed one step further along a path."""
    found: list[inspect.Type] = []
    for kind in _members([outer]):
        if isinstance(kind, inspect.StructType):
            found += [field.type for field in kind.fields if field.encode_name == step]
            if step == kind.tag_field:
                found.append(inspect.LiteralType(values=(kind.tag,)))
        elif isinstance(kind, inspect.DictType) and step == ANY:
            found.append(kind.value_type)
        elif isinstance(kind, inspect.ListType):
            found.append(kind.item_type)
    return _members(found)


def _values(kind: inspect.Type) -> list[str | int]:
    if isinstance(kind, inspect.EnumType):
        return [member.value for member in kind.cls]
    if isinstance(kind, inspect.LiteralType):
        return [value for value in kind.values if isinstance(value, str | int)]
    return []
