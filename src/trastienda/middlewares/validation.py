"""What a request must be before a handler sees it: text that is text, and JSON of the right shape.

Query and path are checked before the handler is called, the body when the handler asks for it:
then it is known which shape it must have, and that somebody wants it.
"""

import re
from collections.abc import Iterable
from typing import Any, get_args
from urllib.parse import unquote_to_bytes

import msgspec
from litestar import Litestar, Request
from litestar.exceptions import InternalServerException
from litestar.routes import HTTPRoute
from litestar.typing import FieldDefinition

from trastienda.errors import Malformed
from trastienda.schemas.problem import Fault

DEPTH = 32
QUERY, SHAPE, NO_TEXT = "query", "shape", "no text"
EVERYWHERE = frozenset({"locale"})
"""Query parameters that every address takes."""
BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*"|([\[{])|([\]}])', re.DOTALL)
NUL_ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
PLACE = re.compile(r"^(?P<what>.*?)(?: - at (?:`key` in )?`(?P<path>\$.*)`)?$", re.DOTALL)
NAMED = re.compile(r"(?:missing required|contains unknown) field `(?P<field>[^`]+)`")


class WrongContentType(Malformed):
    """The body must be JSON, announced as application/json."""


class MalformedJson(Malformed):
    """The body is not JSON."""


class NestedTooDeep(Malformed):
    """The body is nested deeper than anything here could mean."""


class InvalidText(Malformed):
    """Text must be UTF-8 and hold no NUL."""


class InvalidRequest(Malformed):
    """The request does not have the shape that is asked for."""


class UnknownParameter(InvalidRequest):
    """There is no such query parameter here."""


class HungUp(Exception):
    """The client left before it had sent its whole request."""


class JsonRequest(Request[Any, Any, Any]):
    """A request whose body is decoded straight into what the handler declares.

    The framework would decode to dicts first and convert those laxly, taking "5" for a number.
    """

    async def body(self) -> bytes:
        try:
            return await super().body()
        except InternalServerException as gone:  # all that the framework says of a disconnect
            raise HungUp from gone

    async def json(self) -> Any:  # noqa: ANN401 - whatever the handler declares
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise WrongContentType
        body = await self.body()
        if b"\\u0000" in body and NUL_ESCAPE.search(body):
            raise InvalidText
        if body.count(b"[") + body.count(b"{") > DEPTH and depth(body) > DEPTH:
            raise NestedTooDeep(limit=DEPTH)
        return decoded(body, self.route_handler.opt[SHAPE])


def decoded(body: bytes, into: msgspec.json.Decoder[Any]) -> Any:  # noqa: ANN401 - as above
    try:
        return into.decode(body)
    except msgspec.ValidationError as error:
        raise InvalidRequest(errors=[fault(str(error))]) from None
    except UnicodeDecodeError:
        raise InvalidText from None
    except (msgspec.DecodeError, RecursionError) as error:
        raise MalformedJson(detail=str(error)) from None


def learn(app: Litestar) -> None:
    """Note beside each handler what it declares, so that no request has to look it up."""
    routes = (route for route in app.routes if isinstance(route, HTTPRoute))
    for handler, model in (pair for it in routes for pair in it.route_handler_map.values()):
        declared = handler.parsed_fn_signature.parameters.get("data")
        types = handler.parsed_fn_signature.parameters
        asked = {it.field_alias: types.get(it.field_name) for it in model.expected_query_params}
        handler.opt[QUERY] = asked.keys() | EVERYWHERE
        handler.opt[NO_TEXT] = {name for name, it in asked.items() if it and not _takes_text(it)}
        if declared:
            handler.opt[SHAPE] = msgspec.json.Decoder(declared.annotation)


def _takes_text(parameter: FieldDefinition) -> bool:
    return str in {parameter.annotation, *get_args(parameter.annotation)}


def depth(body: bytes) -> int:
    """Return how deep brackets nest outside of strings, without decoding anything."""
    level = deepest = 0
    for match in BRACKETS.finditer(body):
        level += bool(match[1]) - bool(match[2])
        deepest = max(deepest, level)
    return deepest


def fault(message: str) -> Fault:
    """Translate msgspec's "… - at `$.lines[0].sku`" into a JSON pointer."""
    match = PLACE.match(message)
    what, path = (match["what"], match["path"] or "") if match else (message, "")
    steps = [name or index for name, index in STEP.findall(path.partition("[...]")[0])]
    if named := NAMED.search(what):
        steps.append(named["field"])
    escaped = (step.replace("~", "~0").replace("/", "~1") for step in steps)
    return Fault(pointer="".join(f"/{step}" for step in escaped), detail=what)


async def well_formed(request: Request[Any, Any, Any]) -> None:
    """Refuse text that the database could not hold, and parameters that nobody asked for."""
    scope = request.scope
    _check_text(scope["raw_path"])
    if query := scope["query_string"]:
        _check_text(query)
        if unknown := sorted(set(request.query_params) - request.route_handler.opt[QUERY]):
            raise UnknownParameter(errors=_faults(unknown, "Unknown"))
        no_text = request.route_handler.opt[NO_TEXT]
        given = request.query_params.multi_items()
        if nulls := [name for name, text in given if name in no_text and text.lower() == "null"]:
            raise InvalidRequest(errors=_faults(nulls, "Leave it out instead"))  # it means None


def _check_text(raw: bytes) -> None:
    if b"%" not in raw and raw.isascii():
        return
    text = unquote_to_bytes(raw)
    try:
        text.decode()
    except UnicodeDecodeError:
        raise InvalidText from None
    if b"\0" in text:
        raise InvalidText


def _faults(names: Iterable[str], detail: str) -> list[Fault]:
    return [Fault(pointer=f"/{name}", detail=detail, source="query") for name in names]
