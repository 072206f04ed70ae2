"""The refusals of an operation in OpenAPI: each problem with its facts."""

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from http import HTTPStatus
from typing import Any

import msgspec
from litestar.handlers import HTTPRouteHandler
from litestar.types import AnyCallable

from trastienda.database.failures import DatabaseAway
from trastienda.database.models.shared.text import Locale
from trastienda.errors import ShopError
from trastienda.handlers.shared.context import KeyPrinted, KeyUnusable, VersionUnreadable
from trastienda.middlewares.answers.errors import NoSuchAddress, status_of
from trastienda.middlewares.identity import csrf
from trastienda.middlewares.requests import validation
from trastienda.middlewares.requests.limits import BodyTooLarge
from trastienda.openapi import refusals
from trastienda.openapi.compose import Schema, example
from trastienda.openapi.examples import PRODUCT
from trastienda.openapi.facts import FACTS
from trastienda.openapi.problems import facts_of
from trastienda.schemas.shared.problem import Problem
from trastienda.services.shared.idempotency import IdempotencyKey
from trastienda.titles import kind as address
from trastienda.titles import title

Kinds = Iterable[type[ShopError]]
SAFE = {"get", "head", "options"}
REF = "#/components/schemas/{name}"
PROBLEM = "application/problem+json"
OF_SOME = {"access", "csrf", "errors", "faults", "validation"}
"""The middlewares that do not apply to every request."""
ALWAYS = {
    DatabaseAway,
    validation.InvalidRequest,
    validation.InvalidText,
    validation.UnknownParameter,
}
OF_BODIES = {BodyTooLarge}
OF_CONTEXTS = {KeyPrinted, KeyUnusable, VersionUnreadable}
SOMETIMES = {
    "AddressTooLong": {"limit"},
    "BodyTooLarge": {"limit"},
    "CartNotReady": {"problems"},
    "HeadersTooLarge": {"limit"},
    "MailDelayed": {"code", "reason"},
    "OrderAlreadyFulfilled": {"order"},
    "PromotionIncomplete": {"kind"},
    "PromotionUnclear": {"kind"},
    "TaxClassUnknown": {"slug"},
    "WordingChanged": {"version"},
}
"""Facts that are not always given; all others are required."""
RARE = {414, 431}
"""Statuses left out because only absurdly long requests get them."""


def kinds(handler: HTTPRouteHandler, method: str, operation: Schema) -> set[type[ShopError]]:
    """Return all problems that an operation may answer with."""
    begin = [written(handler), *handler.resolve_guards(), *_provided(handler)]
    if method not in SAFE:
        begin += refusals.functions_of(csrf)
    if takes_context(handler, method):
        begin += [IdempotencyKey.claim, IdempotencyKey.recall]
    if "requestBody" in operation:
        begin += [validation.JsonRequest.json]
    found = refusals.raised(begin) | ALWAYS | _everywhere()
    if any(it["in"] == "path" for it in operation.get("parameters", [])):
        found |= {NoSuchAddress}  # a parameter of the wrong type matches no route
    if "requestBody" not in operation:
        found -= OF_BODIES
    if not takes_context(handler, method):
        found -= OF_CONTEXTS
    return {it for it in found if status_of(it) not in RARE}


def written(handler: HTTPRouteHandler) -> AnyCallable:
    """Return the original handler: the framework wraps those that run in a thread."""
    whole: AnyCallable = getattr(handler.fn, "func", handler.fn)
    return whole


def takes_context(handler: HTTPRouteHandler, method: str) -> bool:
    return method not in SAFE and "context" in handler.parsed_fn_signature.parameters


def answers(found: Kinds, schemas: Schema) -> dict[str, Schema]:
    """Return an answer for each status, and add a schema for each problem."""
    by_status: dict[int, list[type[ShopError]]] = {}
    for kind in sorted(found, key=address):
        by_status.setdefault(status_of(kind), []).append(kind)
        if _name(kind) not in schemas:
            schemas[_name(kind)] = _schema(kind, schemas["Problem"])
    return {str(kind): _answer(kind, by_status[kind], schemas) for kind in sorted(by_status)}


def _answer(status: int, found: list[type[ShopError]], schemas: Schema) -> Schema:
    refs = [{"$ref": REF.format(name=_name(it))} for it in found]
    named = ", ".join(f"`{address(it).rpartition('/')[2]}`" for it in found)
    shown = Problem(address(found[0]), title(found[0], Locale.ENGLISH), status, PRODUCT)
    beside = {it: example(FACTS[it][0], schemas, it, ("fact",)) for it in always(found[0])}
    schema = refs[0] if len(refs) == 1 else {"oneOf": refs}
    return {
        "description": f"{HTTPStatus(status).phrase}: {named}",
        "headers": {"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}},
        "content": {PROBLEM: {"schema": schema, "example": msgspec.to_builtins(shown) | beside}},
    }


def _schema(kind: type[ShopError], general: Schema) -> Schema:
    """Repeat the fields of `Problem`: generators do not narrow the fields of an `allOf`."""
    fields = general["properties"]
    exact = {
        "type": {"type": "string", "const": address(kind)} | _described(fields["type"]),
        "status": {"type": "integer", "const": status_of(kind)},
    }
    beside = {name: FACTS[name][0] | {"description": FACTS[name][1]} for name in facts_of(kind)}
    return {
        "title": _name(kind),
        "description": title(kind, Locale.ENGLISH),
        "type": "object",
        "properties": fields | beside | exact,
        "required": [*general["required"], *always(kind)],
    }


def always(kind: type[ShopError]) -> list[str]:
    """Return the facts that a problem has wherever it is raised."""
    given = refusals.facts().get(kind.__name__, set()) - SOMETIMES.get(kind.__name__, set())
    return sorted(given - {"errors", "pointer"})  # `errors` is optional in every problem


def _described(schema: Schema) -> Schema:
    return {"description": schema["description"]}


def _name(kind: type[ShopError]) -> str:
    return f"{kind.__name__.removesuffix('Problem')}Problem"


def _provided(handler: HTTPRouteHandler) -> Iterator[Any]:
    """Return the functions that provide a handler's parameters, and theirs in turn."""
    known = handler.resolve_dependencies()
    waiting, seen = list(handler.parsed_fn_signature.parameters), set[str]()
    while waiting:
        name = waiting.pop()
        if name in known and name not in seen:
            seen.add(name)
            yield known[name].dependency
            waiting += re.findall(r"\w+", str(list(known[name].parsed_fn_signature.parameters)))


@cache
def _everywhere() -> frozenset[type[ShopError]]:
    """Return the problems that any request may get."""
    begin = f"{refusals.OURS}middlewares."
    names = sorted(it for it in sys.modules if it.startswith(begin))
    modules = [sys.modules[it] for it in names if it.rpartition(".")[2] not in OF_SOME]
    return frozenset(refusals.raised(it for each in modules for it in refusals.functions_of(each)))
