"""Writes the generated part of clients/typescript."""

import json
from collections.abc import Iterable, Iterator
from textwrap import fill

from tools.clients.document import (
    Answer,
    Document,
    Operation,
    Parameter,
    Schema,
    choices,
    facts,
    problem_type,
    references,
    sentence,
)

FOLDER = "clients/typescript/src/generated"
HEADER = "// Written by `make clients` from the shop's OpenAPI document: do not edit it.\n"
WIDTH = 100
WORDS = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}
PREFIX = "/problems/"
PROBLEMS = """
/** Each problem that the shop may answer with, by its type. */
export interface Problems {{
{problems}}}

export type ProblemType = keyof Problems;

/** Any problem: its `type` tells which, and so which facts it has. */
export type AnyProblem = Problems[ProblemType];

/** What nearly every call may be answered with. */
export type UsualProblem =
{usual};

type Named<T> = T extends `/problems/${{infer N}}` ? N : never;

/** The name of a problem: the end of its type. */
export type ProblemName = Named<ProblemType>;

/** The usual problems, and those of these names. */
export type Refused<N extends ProblemName> = Problems[
  Extract<ProblemType, UsualProblem | `/problems/${{N}}`>
];

type Of<T, S> = Omit<Problem, "type" | "status"> & {{ type: T; status: S }};
"""


def files(document: Document) -> dict[str, str]:
    """Return each file with its text, by its path in the project."""
    store = [it for it in document.operations if not it.is_for_staff]
    staff = [it for it in document.operations if it.is_for_staff]
    return {
        f"{FOLDER}/problems.ts": _problems(document),
        f"{FOLDER}/schemas.ts": _schemas(document),
        f"{FOLDER}/store.ts": _calls(document, store),
        f"{FOLDER}/staff.ts": _calls(document, staff),
    }


def camel(name: str) -> str:
    """Return the name of a call as TypeScript writes it."""
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))


def typed(schema: Schema) -> str:
    """Return the type of a value."""
    if reference := schema.get("$ref"):
        return str(reference).rsplit("/", 1)[1]
    if "enum" in schema or "const" in schema:
        values = schema.get("enum") or [schema["const"]]
        return " | ".join(json.dumps(it, ensure_ascii=False) for it in values)
    if choices(schema) != [schema]:
        return " | ".join(dict.fromkeys(typed(it) for it in choices(schema)))
    if schema.get("type") == "array":
        inner = typed(schema["items"])
        return f"({inner})[]" if " | " in inner else f"{inner}[]"
    if schema.get("type") == "object":
        values = schema.get("additionalProperties")
        inner = typed(values) if isinstance(values, dict) and values else "unknown"
        return f"Record<string, {inner}>"
    return WORDS.get(schema.get("type", ""), "unknown")


def _schemas(document: Document) -> str:
    names = sorted(document.sent() | document.received())
    return HEADER + "".join(_schema(name, document.schemas[name]) for name in names)


def _schema(name: str, schema: Schema) -> str:
    said = _comment(schema.get("description", ""))
    if "properties" not in schema:
        return f"\n{said}{_union(f'export type {name} =', typed(schema).split(' | '))}"
    return f"\n{said}export interface {name} {{\n{''.join(_fields(schema))}}}\n"


def _fields(schema: Schema) -> Iterator[str]:
    for name, it in schema["properties"].items():
        mark = "" if name in schema.get("required", ()) else "?"
        yield f"{_comment(it.get('description', ''), '  ')}  {name}{mark}: {typed(it)};\n"


def _problems(document: Document) -> str:
    kinds = sorted(document.problems.values(), key=lambda it: str(problem_type(it)))
    named = {name for it in kinds for name in references(facts(it))}
    usual = sorted(document.usual_problems())
    body = PROBLEMS.format(
        problems="".join(map(_problem, kinds)),
        usual="\n".join(f'  | "{problem_type(document.problems[it])}"' for it in usual),
    )
    return HEADER + _import({*named, "Problem"}, "./schemas.js") + body


def _problem(schema: Schema) -> str:
    kind, status = problem_type(schema), schema["properties"]["status"]["const"]
    fields = [
        f"{name}{'' if name in schema['required'] else '?'}: {typed(it)}"
        for name, it in facts(schema).items()
    ]
    more = f" & {{ {'; '.join(fields)} }}" if fields else ""
    said = _comment(schema.get("description", ""), "  ")
    return f'{said}  "{kind}": Of<"{kind}", {status}>{more};\n'


def _calls(document: Document, operations: list[Operation]) -> str:
    """Return functions that describe calls; `Shop.send` in the hand-written part makes them."""
    usual, body = document.usual_problems(), ""
    named: set[str] = set()
    for it in operations:
        special = sorted(
            problem_type(document.problems[name]) or "" for name in it.problems - usual
        )
        body += _call(it, [name.removeprefix(PREFIX) for name in special])
        named |= set(references(it))
    makers = sorted({_maker(it) for it in operations})
    return (
        f'{HEADER}import {{ type Call, {", ".join(makers)} }} from "../call.js";\n'
        f"{_import(named, './schemas.js')}{body}"
    )


def _call(it: Operation, problems: list[str]) -> str:
    given = _input(it)
    answer = " | ".join(dict.fromkeys(_answer(one) for one in it.answers))
    method = "" if it.method == "GET" else f'"{it.method}", '
    kind = next((f', "{one.kind}"' for one in it.answers if one.kind in {"text", "bytes"}), "")
    made = f'{_maker(it)}({method}"{it.path}", {"input" if given else "{}"}{kind});'
    start = f"\n{_comment(it.summary)}export const {camel(it.name)} = ("
    names = " | ".join(f'"{name}"' for name in problems)
    line = f"{start}{given}): Call<{answer}{', ' if names else ''}{names}> =>"
    if max(map(len, line.split("\n"))) <= WIDTH:
        return f"{line}\n  {made}\n"
    refused = _filled(names, "  ")
    return f"{start}{given}): Call<\n  {answer},\n{refused}\n> =>\n  {made}\n"


def _input(it: Operation) -> str:
    fields = [_field(one) for one in it.parameters]
    if it.body:
        kinds = [typed(it.body.schema)] if it.body.schema else []
        kind = " | ".join([*kinds, *(["FormData"] if it.body.is_form else [])])
        fields.append(f"body{'' if it.body.is_required else '?'}: {kind}")
    if not fields:
        return ""
    given = f"input: {{ {'; '.join(fields)} }}"
    if len(given) + len(it.name) > WIDTH - 40:
        given = "\n  ".join(["input: {", *(f"{field};" for field in fields)]) + "\n}"
    return f"{given} = {{}}" if all("?: " in field for field in fields) else given


def _field(it: Parameter) -> str:
    return f"{it.name}{'' if it.is_required else '?'}: {typed(it.schema)}"


def _answer(it: Answer) -> str:
    if it.schema:
        return typed(it.schema)
    return {"text": "string", "bytes": "ArrayBuffer"}.get(it.kind, "void")


def _maker(it: Operation) -> str:
    """Return which function of call.ts describes it."""
    if it.method == "GET":
        return "read"
    return "write" if it.is_repeatable else "writeOnce"


def _comment(text: str, indent: str = "") -> str:
    line = sentence(text).replace("*/", "* /")
    if not line:
        return ""
    if len(indent) + len(line) + 7 <= WIDTH:
        return f"{indent}/** {line} */\n"
    start = f"{indent} * "
    wrapped = _filled(line, start)
    return f"{indent}/**\n{wrapped}\n{indent} */\n"


def _union(start: str, kinds: list[str]) -> str:
    line = f"{start} {' | '.join(kinds)};\n"
    return line if len(line) <= WIDTH else "\n  | ".join([start, *kinds]) + ";\n"


def _import(names: Iterable[str], module: str) -> str:
    listed = "".join(f"  {name},\n" for name in sorted(names))
    return f'import type {{\n{listed}}} from "{module}";\n'


def _filled(text: str, start: str) -> str:
    return fill(text, WIDTH, initial_indent=start, subsequent_indent=start, break_on_hyphens=False)
