"""Writes the generated part of clients/python, which ruff formats."""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from keyword import iskeyword

from tools.clients.document import (
    Answer,
    Document,
    Operation,
    Parameter,
    Schema,
    choices,
    facts,
    is_null,
    problem_type,
    references,
    sentence,
)

FOLDER = "clients/python/src/trastienda_client"
HEADER = "Written by `make clients` from the shop's OpenAPI document: do not edit it."
WORDS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
FORMATS = {"date-time": "datetime", "date": "date", "uuid": "UUID"}
IMPORTS = (
    {"__future__": ["annotations"]},
    {"datetime": ["date", "datetime"], "typing": ["Any"], "uuid": ["UUID"]},
    {"msgspec": ["UNSET", "UnsetType", "field"]},
    {
        "trastienda_client.calls": ["Call", "Form", "read", "write", "write_once"],
        "trastienda_client.models": ["Model", "Word"],
        "trastienda_client.refusals": ["Refusal"],
    },
)
"""What generated modules may need, by the groups in which imports stand."""
LEFT_OUT = re.compile(r"Left out, it is `(.+)`\.$")
"""How the document says what a field is that an answer does not have."""


def files(document: Document) -> dict[str, str]:
    """Return each file with its text, by its path in the project."""
    store = [it for it in document.operations if not it.is_for_staff]
    staff = [it for it in document.operations if it.is_for_staff]
    return {
        f"{FOLDER}/problems.py": _problems(document),
        f"{FOLDER}/schemas.py": _schemas(document),
        f"{FOLDER}/store.py": _calls(document, store, "What a storefront calls."),
        f"{FOLDER}/staff.py": _calls(document, staff, "What programs for staff call."),
    }


def typed(schema: Schema) -> str:
    """Return the type of a value."""
    if reference := schema.get("$ref"):
        return str(reference).rsplit("/", 1)[1]
    if choices(schema) != [schema]:
        return union(typed(it) for it in choices(schema))
    if is_null(schema):
        return "None"
    if schema.get("type") == "array":
        return f"list[{typed(schema['items'])}]"
    if schema.get("type") == "object":
        values = schema.get("additionalProperties")
        return f"dict[str, {typed(values) if isinstance(values, dict) and values else 'Any'}]"
    return FORMATS.get(schema.get("format", "")) or WORDS.get(schema.get("type", ""), "Any")


def union(kinds: Iterable[str]) -> str:
    """Return the type of what is of one of these types; None comes last."""
    return " | ".join(sorted(dict.fromkeys(kinds), key=lambda it: it == "None"))


def _schemas(document: Document) -> str:
    sent, received = document.sent(), document.received()
    names = sorted(sent | received, key=lambda it: ("enum" not in document.schemas[it], it))
    body = [
        _enum(name, document.schemas[name])
        if "enum" in document.schemas[name]
        else _struct(name, document.schemas[name], is_sent=name in sent)
        for name in names
    ]
    return _module("What is sent and received.", body, ())


def _enum(name: str, schema: Schema) -> str:
    members = [f"    {_member(it)} = {it!r}" for it in schema["enum"]]
    return "\n".join([f"class {name}(Word):", *_docstring(schema), *members, ""])


def _member(value: str) -> str:
    name = re.sub(r"\W+", "_", value.removeprefix("-")).upper()
    return f"{name}_DESCENDING" if value.startswith("-") else name


def _struct(name: str, schema: Schema, *, is_sent: bool) -> str:
    lines = list(_docstring(schema))
    for field, it in schema["properties"].items():
        kind, default = typed(it), ""
        if field not in schema.get("required", ()):
            kind, default = _optional(name, it, is_sent=is_sent)
        lines.append(f"    {_named(field, kind, default)}")
        lines += _docstring(it)
    return "\n".join([f"class {name}(Model, kw_only=True):", *(lines or ["    pass"]), ""])


def _named(field: str, kind: str, default: str) -> str:
    if not iskeyword(field):
        return f"{field}: {kind}" + (f" = {default}" if default else "")
    given = f", default={default}" if default else ""
    return f"{field}_: {kind} = field(name={field!r}{given})"


def _optional(struct: str, schema: Schema, *, is_sent: bool) -> tuple[str, str]:
    """Return the type and the default of a field that may be left out.

    Only in changes is leaving something out not the same as null.
    """
    kind = typed(schema)
    can_be_null = any(map(is_null, choices(schema)))
    if struct.endswith("Patch") and can_be_null:
        return union([*kind.split(" | "), "UnsetType"]), "UNSET"
    if not is_sent and not can_be_null:
        if schema.get("type") in {"array", "object"}:
            return kind, "[]" if schema["type"] == "array" else "{}"
        said = LEFT_OUT.search(schema.get("description", ""))
        if said and kind in WORDS.values():
            return kind, repr(json.loads(said[1]))
    return (kind if can_be_null else f"{kind} | None"), "None"


def _problems(document: Document) -> str:
    problems = sorted((document.name_of(name), it) for name, it in document.problems.items())
    body = [_problem(name, it) for name, it in problems]
    used = {name for it in document.problems.values() for name in references(facts(it))}
    return _module("Each problem that the shop refuses a call with.", body, used)


def _problem(name: str, schema: Schema) -> str:
    lines = list(_docstring(schema))
    for fact, it in facts(schema).items():
        kind = typed(it)
        optional = fact not in schema["required"] and "None" not in kind
        lines.append(f"    {fact}: {kind} | None" if optional else f"    {fact}: {kind}")
        lines += _docstring(it)
    head = f'class {name}(Refusal, type="{problem_type(schema)}"):'
    return "\n".join([head, *lines, ""])


def _calls(document: Document, operations: list[Operation], about: str) -> str:
    usual = document.usual_problems()
    body = [_call(it, sorted(map(document.name_of, it.problems - usual))) for it in operations]
    return _module(about, body, {name for it in operations for name in references(it)})


def _module(about: str, body: list[str], schemas: Iterable[str]) -> str:
    """Return a module with the imports that it needs."""
    text = "\n\n".join(body)
    used = {"annotations"} | {it.id for it in ast.walk(ast.parse(text)) if isinstance(it, ast.Name)}
    lines = [f'"""{about}\n\n{HEADER}\n"""\n']
    for group in (
        *IMPORTS[:-1],
        IMPORTS[-1] | {"trastienda_client.schemas": sorted(schemas, key=str.casefold)},
    ):
        found = {module: [it for it in names if it in used] for module, names in group.items()}
        if any(found.values()):
            lines += [
                f"from {it} import {', '.join(names)}" for it, names in found.items() if names
            ]
            lines.append("")
    return "\n".join([*lines, "", text])


def _call(it: Operation, problems: list[str]) -> str:
    answers = ", ".join(f"{one.status}: {_answer(one)}" for one in it.answers)
    kinds = union(_answer(one) for one in it.answers)
    method = "" if it.method == "GET" else f'"{it.method}", '
    parts = [f'{method}"{it.path}", {{{answers}}}', *_given(it)]
    says = [it.summary]
    if problems:
        says += ["", f"Raises, beside what every call may: {', '.join(problems)}."]
    docstring = "\n    ".join(["", *_wrapped(says)])
    return (
        f"def {it.name}({', '.join(_signature(it))}) -> Call[{kinds}]:{docstring}\n"
        f"    return {_maker(it)}({', '.join(parts)})\n"
    )


def _signature(it: Operation) -> Iterator[str]:
    in_path = [one for one in it.parameters if one.place == "path"]
    others = [one for one in it.parameters if one.place != "path"]
    yield from (f"{_safe(one.name)}: {_taken(one)}" for one in in_path)
    if it.body:
        kinds = [typed(it.body.schema)] if it.body.schema else []
        kind = " | ".join([*kinds, *(["Form"] if it.body.is_form else [])])
        yield f"body: {kind}" if it.body.is_required else f"body: {kind} | None = None"
    if others:
        yield "*"
    for one in others:
        ending = "" if one.is_required else " | None = None"
        yield f"{_safe(one.name)}: {_taken(one)}{ending}"


def _given(it: Operation) -> Iterator[str]:
    for place in ("path", "query", "header"):
        found = [one for one in it.parameters if one.place == place]
        listed = ", ".join(f"{one.sent_as!r}: {_safe(one.name)}" for one in found)
        if found:
            yield f"{place}={{{listed}}}"
    if it.body:
        yield "body=body"


def _taken(it: Parameter) -> str:
    kind = typed(it.schema)
    return f"{kind} | str" if kind == "UUID" else kind


def _safe(name: str) -> str:
    return f"{name}_" if iskeyword(name) else name


def _answer(it: Answer) -> str:
    if it.schema:
        return typed(it.schema)
    return {"text": "str", "bytes": "bytes"}.get(it.kind, "None")


def _maker(it: Operation) -> str:
    """Return which function of calls.py describes it."""
    if it.method == "GET":
        return "read"
    return "write" if it.is_repeatable else "write_once"


def _docstring(schema: Schema) -> Iterator[str]:
    if said := sentence(schema.get("description", "")):
        yield "    " + "\n    ".join(_wrapped([said]))


def _wrapped(lines: Iterable[str]) -> list[str]:
    """Return a docstring, line by line and without its indentation."""
    text = "\n".join(_filled(line) for line in lines).replace("\\", "\\\\").replace('"""', "'''")
    is_long = "\n" in text
    quoted = f'"""{text}\n"""' if is_long else f'"""{text}"""'
    return quoted.split("\n")


def _filled(line: str) -> str:
    return "\n".join(re.findall(r".{1,90}(?:\s|$)", line)).replace(" \n", "\n").rstrip() or line
