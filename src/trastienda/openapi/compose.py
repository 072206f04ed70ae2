"""Composes examples of schemas from the examples of their fields and the catalogue of values."""

from typing import Any

from trastienda.openapi.examples import EXAMPLES, PRODUCT
from trastienda.openapi.rules import ABSENT

Schema = dict[str, Any]
Owners = tuple[str, ...]
MISSING = "?"
"""The example of a value for which there is none; a test holds that no operation shows it."""
FORMATS = {
    "uuid": PRODUCT,
    "date-time": "2026-11-24T10:15:00Z",
    "date": "2026-11-24",
    "uri": "https://shop.example/",
    "email": "ana@example.com",
}
TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}
NULL = {"type": "null"}


def example(schema: Schema, schemas: Schema, name: str = "", owners: Owners = ()) -> Any:  # noqa: ANN401 - any JSON
    """Return an example; `name` is the field's name, `owners` are the structs around it."""
    if owners and f"{owners[-1]}.{name}" in EXAMPLES:
        return EXAMPLES[f"{owners[-1]}.{name}"]
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        absent = NULL in choices and name in EXAMPLES and EXAMPLES[name] is None
        chosen = next(it for it in choices if it != NULL)
        return None if absent else example(chosen, schemas, name, owners)
    if owner := schema.get("$ref", "").rsplit("/", 1)[-1]:
        inside = owner in owners  # a recursive struct: it ends here
        return None if inside else example(schemas[owner], schemas, name, (*owners, owner))
    whole = _whole(schema, schemas, owners)
    return _leaf(schema, name) if whole is None else whole


def _whole(schema: Schema, schemas: Schema, owners: Owners) -> Any:  # noqa: ANN401 - as above
    if "properties" in schema:
        owner = owners[-1] if owners else ""
        fields = schema["properties"].items()
        shown = [it for it in fields if EXAMPLES.get(f"{owner}.{it[0]}") is not ABSENT]
        return {field: example(it, schemas, field, owners) for field, it in shown}
    if schema.get("items", {}).keys() & {"$ref", "properties", "anyOf"}:
        one = example(schema["items"], schemas, "", owners)
        return None if one is None else [one]
    return None


def _leaf(schema: Schema, name: str) -> Any:  # noqa: ANN401 - as above
    """Prefer the catalogue's value by name: a type's own example, as of amounts, is too general."""
    known, kind = EXAMPLES.get(name), TYPES.get(schema.get("type", ""), object)
    if choices := schema.get("enum"):
        return known if known in choices else schema.get("default", choices[0])
    if known is not None and known is not ABSENT and isinstance(known, kind):
        return known
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]]
    if "examples" in schema:
        return schema["examples"][0]
    return True if schema.get("type") == "boolean" else schema.get("default", MISSING)


def portable(part: Any) -> None:  # noqa: ANN401 - any part of the document
    r"""Rewrite patterns for JSON Schema, which has `^` and `$` for Python's `\A` and `\Z`."""
    if isinstance(part, dict):
        if isinstance(pattern := part.get("pattern"), str):
            part["pattern"] = pattern.replace(r"\A", "^").replace(r"\Z", "$")
        part = list(part.values())
    for inner in part if isinstance(part, list) else ():
        portable(inner)
