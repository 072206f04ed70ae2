"""Checks before a handler sees a request: valid text, known parameters, JSON of the right shape.

Path and query are checked before the handler is called, the body when the handler reads it: only
then is its type known.
"""

import re
from collections.abc import AsyncIterator, Iterable, Mapping
from itertools import accumulate
from typing import Any, get_args
from urllib.parse import unquote_to_bytes

import msgspec
from litestar import Litestar, Request
from litestar.routes import HTTPRoute
from litestar.types import Empty, Scope
from litestar.typing import FieldDefinition

from trastienda.errors import Malformed
from trastienda.middlewares.answers.faults import fault, translated
from trastienda.middlewares.identity import cookies
from trastienda.schemas.shared.problem import Fault

DEPTH = 32
QUERY, SHAPE, NO_TEXT, TYPES = "query", "shape", "no text", "types"
ANY_QUERY = "any query"
"""Marks a handler that others call in their own way: it takes any query parameter, and reads none.
"""
STREAMED = "streamed"
"""Marks a handler that takes the body in pieces: nothing before it may read the whole of it."""
EVERYWHERE = frozenset({"locale"})
"""Query parameters that every path accepts."""
LEVELS = bytes.maketrans(b"[{]}", b"\x01\x01\xff\xff")  # +1 and -1, as signed bytes
NO_BRACKETS = bytes(it for it in range(256) if it not in b"[{]}")
NUL_ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
BYTE = re.compile(r"\(byte (\d{1,12})\)")


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


class BrokenChunks(Malformed):
    """The body's chunks are malformed, or end before the last one."""


class HungUp(Exception):
    """The client left before it had sent its whole request."""


class JsonRequest(Request[Any, Any, Any]):
    """A request whose body is decoded straight into the type that the handler declares.

    The framework would decode to dicts first, and convert those laxly, accepting "5" as a number.
    """

    async def body(self) -> bytes:
        """Read the whole body, once. `limits` counts it; the framework would count it again."""
        if self._body is Empty:
            self._body = await self._heard()
        return self._body

    async def _heard(self) -> bytes:
        parts = [part async for part in self.pieces()]
        return parts[0] if len(parts) == 1 else b"".join(parts)

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield the body as it arrives, for a handler that keeps nothing of it in memory."""
        coming = True
        while coming:
            message: Any = await self.receive()
            if message["type"] == "http.disconnect":
                if cookies.header(self.scope, b"transfer-encoding") is not None:
                    raise BrokenChunks  # the server tells no more of bad chunks
                raise HungUp
            coming = message.get("more_body", False)
            yield message.get("body", b"")

    async def json(self) -> Any:  # noqa: ANN401 - whatever the handler declares
        if announced(self.scope) != "application/json":
            raise WrongContentType
        return read(await self.body(), self.route_handler.opt[SHAPE])


def announced(scope: Scope) -> str:
    """Return the media type of the body, as the client says it, without parameters."""
    text = cookies.header(scope, b"content-type") or ""
    return text.partition(";")[0].strip().lower()


def read(body: bytes, into: msgspec.json.Decoder[Any]) -> Any:  # noqa: ANN401 - as above
    """Decode JSON. Raise InvalidText, NestedTooDeep, MalformedJson or InvalidRequest."""
    if b"\\u0000" in body and NUL_ESCAPE.search(body):
        raise InvalidText
    if body.count(b"[") + body.count(b"{") > DEPTH and too_deep(body):
        raise NestedTooDeep(limit=DEPTH)
    return decoded(body, into)


def decoded(body: bytes, into: msgspec.json.Decoder[Any]) -> Any:  # noqa: ANN401 - as above
    try:
        return into.decode(body)
    except msgspec.ValidationError as error:
        raise InvalidRequest(errors=[translated(str(error), into.type)]) from None
    except UnicodeDecodeError:
        raise InvalidText from None
    except (msgspec.DecodeError, RecursionError) as error:
        position = BYTE.search(str(error))
        raise MalformedJson(byte=int(position[1]) if position else len(body)) from None


def learn(app: Litestar) -> None:
    """Store the types that each handler declares, so that requests need not inspect it."""
    routes = (route for route in app.routes if isinstance(route, HTTPRoute))
    for handler, model in (pair for it in routes for pair in it.route_handler_map.values()):
        declared = handler.parsed_fn_signature.parameters.get("data")
        types = handler.parsed_fn_signature.parameters
        asked = {it.field_alias: types.get(it.field_name) for it in model.expected_query_params}
        handler.opt[QUERY] = asked.keys() | EVERYWHERE
        handler.opt[TYPES] = {name: it.annotation for name, it in types.items()}
        handler.opt[NO_TEXT] = {name for name, it in asked.items() if it and not _takes_text(it)}
        if declared:
            handler.opt[SHAPE] = msgspec.json.Decoder(declared.annotation)


def _takes_text(parameter: FieldDefinition) -> bool:
    return str in {parameter.annotation, *get_args(parameter.annotation)}


def too_deep(body: bytes) -> bool:
    """Say whether brackets outside of strings nest too deep, without decoding.

    This runs on the event loop, for anonymous clients too, so every step is a single pass in C: a
    regular expression took seconds for quotes that are never closed, and 0.3 s for 1 MB of `[]`.
    """
    outside = body.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')[::2]
    steps = memoryview(b"".join(outside).translate(LEVELS, NO_BRACKETS)).cast("b")
    return DEPTH + 1 in accumulate(steps)  # stops at the first


def asked(scope: Scope) -> Mapping[str, Any]:
    """Return the types of the handler's parameters, by name."""
    handler = scope.get("route_handler")
    return handler.opt.get(TYPES, {}) if handler else {}


async def well_formed(request: Request[Any, Any, Any]) -> None:
    """Refuse text that the database cannot store, and unknown query parameters."""
    scope = request.scope
    _check_text(scope["raw_path"])
    if query := scope["query_string"]:
        _check_text(query)
        if request.route_handler.opt.get(ANY_QUERY):
            return
        if unknown := sorted(set(request.query_params) - request.route_handler.opt[QUERY]):
            raise UnknownParameter(errors=_faults(unknown, "unknown"))
        no_text = request.route_handler.opt[NO_TEXT]
        given = request.query_params.multi_items()
        if nulls := [name for name, text in given if name in no_text and text.lower() == "null"]:
            raise InvalidRequest(errors=_faults(nulls, "not_null"))  # it would read None


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


def _faults(names: Iterable[str], code: str) -> list[Fault]:
    return [fault(f"/{name}", code, "query") for name in names]
