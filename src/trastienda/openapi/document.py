"""The description of the whole API: the framework's, made exact and complete by rule.

Handlers say what only they know: their types, and a docstring whose first line is the summary.
Error answers, tags, security and examples follow from the route, so that nobody repeats them.
"""

import re
from collections.abc import Iterator
from http import HTTPStatus
from inspect import cleandoc
from typing import Any, get_args

import msgspec
from litestar import Litestar, Response
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Server
from litestar.routes import HTTPRoute

from trastienda.database.models.text import Locale
from trastienda.middlewares.errors import KINDS
from trastienda.openapi.compose import Schema, example, portable
from trastienda.openapi.examples import PRODUCT
from trastienda.schemas.problem import Problem
from trastienda.settings import Settings
from trastienda.titles import kind as address
from trastienda.titles import title

UNDRAWN = {None, bytes, Any}
SAFE = {"get", "head", "options"}
PROBLEM = "application/problem+json"
REF = "#/components/schemas/{name}"
ABOUT = """\
The backend of an online shop: catalogue, carts, checkout, orders, and what staff need.

Amounts are integers in the currency's minor unit. Every answer carries `X-Request-Id`; every
refusal is `application/problem+json` (RFC 9457) with a `type` that programs can compare. Names and
messages follow `?locale=`, which every address takes, or `Accept-Language`: `en` or `es`.

What happens in the shop is told as events, in a feed, on a stream and by webhooks:
[each with an example](/docs/events.html), and for programs [as AsyncAPI 3.0](/asyncapi.json).
"""
SECURITY = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-session",
        "description": "Browsers: set by `POST /v1/session`. Unsafe requests need `csrf` too.",
    },
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRF-Token",
        "description": "The `csrf_token` of `GET /v1/session`.",
    },
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "Servers: an API key. It needs no `csrf`; cookies beside it are ignored.",
    },
}

TERMS = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "The same key and body again get the first answer again, and no effect. "
        "Who is not known uses at least 22 random characters.",
        "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
        "example": "b9Y2kQ7nTn3sVw0fXh1c5aZr8LpJd6Me",
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "description": "The ETag that was read: when there is a newer version, the answer is 412.",
        "schema": {"type": "string", "pattern": '^"[0-9]{1,18}"$'},
        "example": '"3"',
    },
}


def config(settings: Settings) -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Trastienda",
        version="1",
        description=ABOUT,
        servers=[Server(url=settings.url)],
        operation_id_creator=lambda handler, *_: handler.handler_name,
    )


def document(app: Litestar) -> Schema:
    """Return OpenAPI 3.1 for an application that was made with `config`."""
    described: Schema = app.openapi_schema.to_schema()
    operations = list(_operations(app, described))
    components = described["components"]
    components["schemas"] |= _exact([it for _, it, _ in operations], components["schemas"])
    components["securitySchemes"] = SECURITY
    components["responses"] = {_name(status): _answer(status) for status in KINDS}
    components["parameters"] = TERMS
    components["headers"] = {"X-Request-Id": {"description": "Quote it when you ask for help."}}
    components["headers"]["X-Request-Id"]["schema"] = {"type": "string", "format": "uuid"}
    for path, handler, operation in operations:
        method = next(iter(handler.http_methods)).lower()
        _say(handler, operation)
        _secure(handler, method, operation)
        _show(operation, components["schemas"])
        _refuse(path, handler, method, operation)
        _ask(handler, path, method, operation)
    portable(described)
    described["tags"] = [{"name": tag} for tag in sorted({it["tags"][0] for *_, it in operations})]
    return described


def _operations(app: Litestar, described: Schema) -> Iterator[tuple[str, HTTPRouteHandler, Schema]]:
    for route in app.routes:
        operations = described["paths"].get(route.path_format or "/", {})
        for handler in route.route_handlers if isinstance(route, HTTPRoute) else ():
            for method in handler.http_methods:
                if operation := operations.get(method.lower()):
                    yield route.path_format, handler, operation


def _exact(handlers: list[HTTPRouteHandler], drawn: Schema) -> Schema:
    """Draw structs by msgspec, which decodes them, and so also knows what it refuses."""
    kinds = [kind for handler in handlers for kind in _kinds(handler) if kind not in UNDRAWN]
    _, schemas = msgspec.json.schema_components([*kinds, Problem], ref_template=REF)
    for name in schemas.keys() & drawn.keys():
        for field, schema in schemas[name].get("properties", {}).items():
            if moment := drawn[name]["properties"].get(field, {}).get("format"):
                schema.setdefault("format", moment)  # msgspec leaves out "date-time"
    return schemas


def _kinds(handler: HTTPRouteHandler) -> Iterator[Any]:
    """Give the types of a handler's body and answers."""
    signature = handler.parsed_fn_signature
    if "data" in signature.parameters:
        yield signature.parameters["data"].annotation
    named = handler.responses or {}
    if handler.status_code not in named:  # else it is an answer that came as JSON
        yield _body(signature.return_type.annotation)
    yield from (answer.data_container for answer in named.values())


def _body(annotation: Any) -> Any:  # noqa: ANN401 - any type a handler may return
    """Return what a handler's answer holds: V of `Response[V]`."""
    origin = getattr(annotation, "__origin__", None)
    if isinstance(origin, type) and issubclass(origin, Response):
        return get_args(annotation)[0]
    is_response = isinstance(annotation, type) and issubclass(annotation, Response)
    return None if is_response or annotation is type(None) else annotation


def _say(handler: HTTPRouteHandler, operation: Schema) -> None:
    said = cleandoc(handler.fn.__doc__ or "")
    summary = re.split(r"\.\s", f"{said} ", maxsplit=1)[0].replace("`", "")
    module = handler.fn.__module__.rpartition(".handlers.")[2].split(".")
    staff = "staff: " if module[0] == "admin" else ""
    operation["summary"], operation["description"] = summary, said
    operation["tags"] = [staff + module[-1].replace("_", " ")]
    operation.pop("deprecated", None)


def _secure(handler: HTTPRouteHandler, method: str, operation: Schema) -> None:
    browser: Schema = {"session": []} if method in SAFE else {"session": [], "csrf": []}
    if handler.resolve_guards():
        operation["security"] = [browser, {"key": []}]


def _show(operation: Schema, schemas: Schema) -> None:
    """Put an example beside everything that goes in or out."""
    for parameter in operation.get("parameters", []):
        _tidy(parameter)
        place = (parameter["in"],)
        parameter["example"] = example(parameter["schema"], schemas, parameter["name"], place)
    operation["responses"].get("204", {}).pop("content", None)
    answers = (it for status, it in operation["responses"].items() if status < "400")
    for part in (operation.get("requestBody", {}), *answers):
        for kind, media in part.get("content", {}).items():
            media["example"] = example(media["schema"], schemas, kind)
    for status, answer in operation["responses"].items():
        answer["description"] = HTTPStatus(int(status)).phrase
        answer.setdefault("headers", {})["X-Request-Id"] = {
            "$ref": "#/components/headers/X-Request-Id"
        }


def _ask(handler: HTTPRouteHandler, path: str, method: str, operation: Schema) -> None:
    """Add the headers that `handlers/terms.py` reads for whoever takes `terms`."""
    if not _takes_terms(handler, method):
        return
    names = ["IdempotencyKey", *(["IfMatch"] if "{" in path else [])]
    asked = [{"$ref": f"#/components/parameters/{name}"} for name in names]
    operation["parameters"] = [*operation.get("parameters", []), *asked]


def _takes_terms(handler: HTTPRouteHandler, method: str) -> bool:
    return method not in SAFE and "terms" in handler.parsed_fn_signature.parameters


def _tidy(parameter: Schema) -> None:
    """Leave out what says nothing; a parameter is absent, never null."""
    for noise in ("deprecated", "allowEmptyValue", "allowReserved"):
        parameter.pop(noise, None)
    schema = parameter["schema"]
    kinds = [it for it in schema.pop("oneOf", []) if it.get("type") != "null"]
    schema |= kinds[0] if len(kinds) == 1 else {"oneOf": kinds} if kinds else {}
    for bound in ("minimum", "maximum"):
        if isinstance(schema.get(bound), float) and schema[bound].is_integer():
            schema[bound] = int(schema[bound])


def _refuse(path: str, handler: HTTPRouteHandler, method: str, operation: Schema) -> None:
    """State the refusals: by rule, and those that the handler names in `opt={"refuses": […]}`."""
    statuses = {400, 429, 503, *handler.opt.get("refuses", ())}
    statuses |= {401, 403} if handler.resolve_guards() or method not in SAFE else set()
    statuses |= {409} if method not in SAFE else set()
    statuses |= {404} if "{" in path else set()
    statuses |= {412} if "{" in path and method not in SAFE else set()
    statuses |= {413, 415, 422} if "requestBody" in operation else set()
    statuses |= {422} if _takes_terms(handler, method) else set()
    if any(it["in"] == "query" for it in operation.get("parameters", [])):
        statuses |= {414, 422}
    kept = {status: it for status, it in operation["responses"].items() if status < "400"}
    refusals = {str(it): {"$ref": f"#/components/responses/{_name(it)}"} for it in sorted(statuses)}
    operation["responses"] = kept | refusals


def _name(status: int) -> str:
    return re.sub(r"\W", "", HTTPStatus(status).phrase.title())


def _answer(status: int) -> Schema:
    kind = KINDS[status]
    shown = Problem(address(kind), title(kind, Locale.ENGLISH), status, PRODUCT)
    media = {"schema": {"$ref": REF.format(name="Problem")}, "example": msgspec.to_builtins(shown)}
    headers = {"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}}
    return {"description": shown.title, "headers": headers, "content": {PROBLEM: media}}
