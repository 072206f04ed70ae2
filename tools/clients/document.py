"""What both clients are made of: the OpenAPI document, read once."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from trastienda import application
from trastienda.settings import Settings

Schema = Mapping[str, Any]
STAFF = "/v1/admin/"
HEADERS = {
    "If-Match": "if_match",
    "X-Order-Token": "order_token",
    "X-Draft-Order-Token": "draft_order_token",
}
"""Headers that a call takes as parameters, and what they are named there."""
OF_EVERY_CALL = {"Idempotency-Key", "locale"}
"""What the client itself sends, with each call that takes it."""
LEFT_OUT = {
    "receive_payment_webhook": "payment providers call it",
    "show_unsubscribe": "a page for people, linked to in emails",
    "unsubscribe": "mail programs call it",
    "stream_events": "its answer does not end",
}
KINDS = {"application/json": "json", "text/csv": "text", "text/html": "text", "text/plain": "text"}
"""How the content of an answer is handed over, by media type; anything else as bytes."""
OF_EVERY_PROBLEM = {"type", "title", "status", "instance", "detail", "errors"}
PROBLEM = "application/problem+json"
USUAL = 100
"""A problem of this many calls is listed once, and not with each of them."""


class Parameter(NamedTuple):
    """A parameter of a call; `name` is what a program calls it, `sent_as` what the shop does."""

    name: str
    sent_as: str
    place: str
    schema: Schema
    is_required: bool


class Body(NamedTuple):
    """The body of a request; `is_form` if it may also be a form with a file.

    Without a schema it can be nothing else.
    """

    schema: Schema | None
    is_required: bool
    is_form: bool


class Answer(NamedTuple):
    """An answer that is no refusal: its kind, and its schema if that is `json`."""

    status: int
    kind: str
    schema: Schema | None


class Operation(NamedTuple):
    """One call; `is_repeatable` if sending it twice has the effect of sending it once."""

    name: str
    method: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    body: Body | None
    answers: tuple[Answer, ...]
    problems: frozenset[str]
    is_repeatable: bool

    @property
    def is_for_staff(self) -> bool:
        return self.path.startswith(STAFF)


class Document(NamedTuple):
    """The calls in the order of their paths, and what they refer to, by name."""

    operations: tuple[Operation, ...]
    schemas: Mapping[str, Schema]
    problems: Mapping[str, Schema]

    def usual_problems(self) -> frozenset[str]:
        """Return the problems that nearly every call may be answered with."""
        counts = Counter(name for it in self.operations for name in it.problems)
        return frozenset(name for name, count in counts.items() if count >= USUAL)

    def name_of(self, problem: str) -> str:
        """Return the name of a problem as a class: `/problems/cart-full` is `CartFull`."""
        words = (problem_type(self.problems[problem]) or "").rsplit("/", 1)[1].split("-")
        return "".join(map(str.capitalize, words))

    def used(self, parts: Iterable[Schema]) -> set[str]:
        """Return the names of the schemas that these parts refer to, and those refer to."""
        known: set[str] = set()
        waiting = list(parts)
        while waiting:
            for name in references(waiting.pop()):
                if name in self.schemas and name not in known:
                    known.add(name)
                    waiting.append(self.schemas[name])
        return known

    def sent(self) -> set[str]:
        """Return the names of the schemas that requests consist of."""
        parts = [one.schema for it in self.operations for one in it.parameters]
        return self.used(
            [*parts, *(it.body.schema for it in self.operations if it.body and it.body.schema)]
        )

    def received(self) -> set[str]:
        """Return the names of the schemas that answers consist of, refusals included."""
        answers = [one.schema for it in self.operations for one in it.answers if one.schema]
        return {"Problem"} | self.used([*answers, *self.problems.values(), self.schemas["Problem"]])


def read(described: Mapping[str, Any]) -> Document:
    """Take an OpenAPI document of the shop apart."""
    every = described["components"]["schemas"]
    problems = {name: it for name, it in every.items() if problem_type(it)}
    operations = [
        _operation(path, method, it, described)
        for path, methods in described["paths"].items()
        for method, it in methods.items()
        if it["operationId"] not in LEFT_OUT
    ]
    schemas = {name: it for name, it in sorted(every.items()) if name not in problems}
    return Document(tuple(operations), schemas, problems)


def current() -> Mapping[str, Any]:
    """Return the description of the API as the code has it now."""
    return application.described(Settings())


def problem_type(schema: Schema) -> str | None:
    """Return the `type` of the problem that a schema describes, None for other schemas."""
    found = schema.get("properties", {}).get("type", {}).get("const")
    return found if isinstance(found, str) else None


def facts(schema: Schema) -> dict[str, Schema]:
    """Return the fields of a problem that not all problems have."""
    return {name: it for name, it in schema["properties"].items() if name not in OF_EVERY_PROBLEM}


def references(part: object) -> Iterator[str]:
    """Return the names of the schemas that a part of the document refers to."""
    return (it for it in re.findall(r"'#/components/schemas/(\w+)'", repr(part)))


def choices(schema: Schema) -> list[Schema]:
    """Return what a value may be, one by one."""
    return list(schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf") or [schema])


def is_null(schema: Schema) -> bool:
    return schema.get("type") == "null"


def sentence(text: str) -> str:
    """Return a description on one line, with a full stop at its end."""
    line = " ".join(text.split())
    return line if line.endswith((".", "?", "!", ":", "`")) or not line else f"{line}."


def _operation(path: str, method: str, it: Schema, described: Mapping[str, Any]) -> Operation:
    terms = described["components"]["parameters"]
    given = [
        terms[one["$ref"].rsplit("/", 1)[1]] if "$ref" in one else one for one in it["parameters"]
    ]
    kept = [_parameter(one) for one in given if one["name"] not in OF_EVERY_CALL]
    is_keyed = any(one["name"] == "Idempotency-Key" for one in given)
    return Operation(
        it["operationId"],
        method.upper(),
        path,
        sentence(it["summary"]),
        tuple(sorted(kept, key=lambda one: (one.place != "path", not one.is_required))),
        _body(it.get("requestBody")),
        tuple(_answers(it["responses"])),
        frozenset(_problems(it["responses"])),
        is_keyed or method == "get",
    )


def _parameter(it: Schema) -> Parameter:
    name = HEADERS[it["name"]] if it["in"] == "header" else it["name"]
    schema = {"type": "integer"} if it["name"] == "If-Match" else it["schema"]
    return Parameter(name, it["name"], it["in"], schema, it.get("required", False))


def _body(it: Schema | None) -> Body | None:
    if it is None:
        return None
    is_form = "multipart/form-data" in it["content"]
    if is_form and "application/json" not in it["content"]:
        return Body(None, is_required=True, is_form=True)
    schema = it["content"]["application/json"]["schema"]
    kinds = [one for one in choices(schema) if not is_null(one)]
    return Body(kinds[0], len(kinds) == len(choices(schema)), is_form)


def _answers(responses: Schema) -> Iterator[Answer]:
    for status, it in sorted(responses.items()):
        if status < "400":
            content = it.get("content", {})
            media = next(iter(content), None)
            kind = KINDS.get(media, "bytes") if media else "nothing"
            yield Answer(int(status), kind, content[media]["schema"] if kind == "json" else None)


def _problems(responses: Schema) -> Iterator[str]:
    for status, it in responses.items():
        if status >= "400" and "$ref" not in it:
            yield from references(it["content"][PROBLEM]["schema"])
