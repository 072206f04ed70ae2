"""The OpenAPI description of the whole API, completed by rules.

Handlers contribute what only they know: their types, and a docstring whose first sentence is the
summary. Error answers, tags, security and examples follow from the route.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from http import HTTPStatus
from inspect import cleandoc
from typing import Any, get_args

import msgspec
from litestar import Litestar, Response
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Server
from litestar.routes import HTTPRoute

from trastienda.database.models.shared.text import Locale
from trastienda.middlewares.answers.errors import KINDS
from trastienda.middlewares.requests.rates import Limited
from trastienda.openapi import declared, stories
from trastienda.openapi.compose import Schema, example, portable
from trastienda.openapi.declared import PROBLEM, SAFE, takes_context
from trastienda.openapi.examples import PRODUCT
from trastienda.openapi.subjects import BODIES, FORMS
from trastienda.schemas.shared.problem import Problem
from trastienda.settings import Settings
from trastienda.titles import kind as address
from trastienda.titles import title

UNDRAWN = {None, bytes, Any}
REF = "#/components/schemas/{name}"
STAFF = "/v1/admin/"
TAGS = {
    "catalogue.staff_products": "products",
    "mail.wordings": "letters",
    "orders.staff_orders": "orders",
    "prices.history": "price history",
    "prices.lists": "price lists",
    "pricing.preview": "pricing",
    "shipping.options": "shipping options",
    "webhooks.deliveries": "webhook deliveries",
}
"""The tag of an operation is the name of its module; these need a better one."""
ABOUT = """\
The backend of an online shop: catalogue, carts, checkout, orders, and what staff need.

Amounts are integers in the currency's minor unit. Every answer carries `X-Request-Id`; every
refusal is `application/problem+json` (RFC 9457) with a `type` that programs can compare. Names and
messages follow `?locale=`, which every address takes, or `Accept-Language`: `en` or `es`;
otherwise the shop's own language is used.

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
    },
    "Locale": {
        "name": "locale",
        "in": "query",
        "description": "The language of names and messages: `en` or `es`, with or without a region."
        " It comes before `Accept-Language`; a language that the shop does not speak is ignored.",
        "schema": {"type": "string"},
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "description": "The ETag that was read: when there is a newer version, the answer is 412.",
        "schema": {"type": "string", "pattern": '^"[0-9]{1,18}"$'},
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
    components["schemas"] |= deepcopy(FORMS)
    components["securitySchemes"] = SECURITY
    components["responses"] = {_name(status): _answer(status) for status in KINDS}
    components["parameters"] = TERMS
    components["headers"] = {"X-Request-Id": {"description": "Quote it when you ask for help."}}
    components["headers"]["X-Request-Id"]["schema"] = {"type": "string", "format": "uuid"}
    for path, handler, operation in operations:
        if body := BODIES.get(operation["operationId"]):
            operation["requestBody"] = deepcopy(body)
        method = next(iter(handler.http_methods)).lower()
        _say(handler, path, operation)
        _secure(handler, method, operation)
        _show(operation, components["schemas"])
        _refuse(path, handler, method, operation, components["schemas"])
        _ask(handler, path, method, operation)
    for struct in components["schemas"].values():
        for schema in struct.get("properties", {}).values():
            _for_generators(schema)
    # The framework keeps the handlers of a path in a set: the order would differ by the process.
    components["schemas"] = dict(sorted(components["schemas"].items()))
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
    """Describe structs with msgspec, which also decodes them and so knows what it refuses."""
    kinds = [kind for handler in handlers for kind in _kinds(handler) if kind not in UNDRAWN]
    _, schemas = msgspec.json.schema_components([*kinds, Problem], ref_template=REF)
    for name in schemas.keys() & drawn.keys():
        for field, schema in schemas[name].get("properties", {}).items():
            for kind in _texts(drawn[name]["properties"].get(field, {})):
                for text in _texts(schema) if "format" in kind else ():
                    text.setdefault("format", kind["format"])  # msgspec leaves out "date-time"
    return schemas


def _texts(schema: Schema) -> list[Schema]:
    """Return the string schemas of a field, nullable or not."""
    kinds: list[Schema] = schema.get("oneOf") or schema.get("anyOf") or [schema]
    return [it for it in kinds if it.get("type") == "string"]


def _for_generators(schema: Schema) -> None:
    """Move a default into the description, as generators would make the field required."""
    if schema.get("type") == "object":
        schema.setdefault("additionalProperties", True)
    default = schema.pop("default", None)
    if default not in (None, [], {}):
        told = f"Left out, it is `{msgspec.json.encode(default).decode()}`."
        said = schema.get("description", "").rstrip(".")
        schema["description"] = ". ".join(filter(None, [said, told]))


def _kinds(handler: HTTPRouteHandler) -> Iterator[Any]:
    """Return the types of a handler's body and answers."""
    signature = handler.parsed_fn_signature
    if "data" in signature.parameters:
        yield signature.parameters["data"].annotation
    yield from handler.opt.get("takes", ())
    named = handler.responses or {}
    if handler.status_code not in named:  # otherwise the answer is JSON that needs no decoding
        yield _body(signature.return_type.annotation)
    yield from (answer.data_container for answer in named.values())


def _body(annotation: Any) -> Any:  # noqa: ANN401 - any type a handler may return
    """Return the type inside a handler's answer: V of `Response[V]`."""
    origin = getattr(annotation, "__origin__", None)
    if isinstance(origin, type) and issubclass(origin, Response):
        return get_args(annotation)[0]
    is_response = isinstance(annotation, type) and issubclass(annotation, Response)
    return None if is_response or annotation is type(None) else annotation


def _say(handler: HTTPRouteHandler, path: str, operation: Schema) -> None:
    """Set an operation's summary, description, tag and alternative media types."""
    written = declared.written(handler)
    said = cleandoc(written.__doc__ or "")
    summary = re.split(r"\.\s", f"{said} ", maxsplit=1)[0].replace("`", "")
    _, _, module = written.__module__.rpartition(".handlers.")
    name = TAGS.get(module) or module.rpartition(".")[2].replace("_", " ")
    operation["summary"], operation["description"] = summary, said
    operation["tags"] = [f"staff: {name}" if path.startswith(STAFF) else name]
    operation.pop("deprecated", None)
    for kind in handler.opt.get("also", ()):
        operation["responses"]["200"]["content"][kind] = {"schema": {"type": "string"}}


def _secure(handler: HTTPRouteHandler, method: str, operation: Schema) -> None:
    browser: Schema = {"session": []} if method in SAFE else {"session": [], "csrf": []}
    if _asks_who(handler):
        operation["security"] = [browser, {"key": []}]


def _asks_who(handler: HTTPRouteHandler) -> bool:
    """Say whether a guard checks the visitor, and not just a rate."""
    return any(not isinstance(guard, Limited) for guard in handler.resolve_guards())


def _show(operation: Schema, schemas: Schema) -> None:
    """Add an example to every parameter, body and answer."""
    for parameter in operation.get("parameters", []):
        _tidy(parameter)
        known = stories.parameter(operation["operationId"], parameter["name"])
        if parameter.get("required") and known is not None:
            parameter["example"] = known
    operation["responses"].get("204", {}).pop("content", None)
    for kind, media in operation.get("requestBody", {}).get("content", {}).items():
        media["example"] = example(media["schema"], schemas, kind)
    for status, response in operation["responses"].items():
        for kind, media in response.get("content", {}).items() if status < "400" else ():
            shown = example(media["schema"], schemas, kind)
            media["example"] = stories.answer(operation["operationId"], shown)
    for status, answer in operation["responses"].items():
        answer["description"] = HTTPStatus(int(status)).phrase
        answer.setdefault("headers", {})["X-Request-Id"] = {
            "$ref": "#/components/headers/X-Request-Id"
        }


def _ask(handler: HTTPRouteHandler, path: str, method: str, operation: Schema) -> None:
    """Add `locale`, and the headers of `handlers/shared/context.py`, where they are accepted."""
    names = ["Locale"]
    if takes_context(handler, method):
        names += ["IdempotencyKey", *(["IfMatch"] if "{" in path else [])]
    asked = [{"$ref": f"#/components/parameters/{name}"} for name in names]
    operation["parameters"] = [*operation.get("parameters", []), *asked]


def _tidy(parameter: Schema) -> None:
    """Remove meaningless attributes; a parameter can be absent, but never null."""
    for noise in ("deprecated", "allowEmptyValue", "allowReserved"):
        parameter.pop(noise, None)
    schema = parameter["schema"]
    kinds = [it for it in schema.pop("oneOf", []) if it.get("type") != "null"]
    schema |= kinds[0] if len(kinds) == 1 else {"oneOf": kinds} if kinds else {}
    for bound in ("minimum", "maximum"):
        if isinstance(schema.get(bound), float) and schema[bound].is_integer():
            schema[bound] = int(schema[bound])


def _refuse(
    path: str, handler: HTTPRouteHandler, method: str, operation: Schema, schemas: Schema
) -> None:
    """Add the refusals: those that follow from rules, and each problem that the code may raise."""
    statuses = {400, 429, 503, *handler.opt.get("refuses", ())}
    statuses |= {401, 403} if _asks_who(handler) or method not in SAFE else set()
    statuses |= {409} if method not in SAFE else set()
    statuses |= {404} if "{" in path else set()
    statuses |= {412} if "{" in path and method not in SAFE else set()
    statuses |= {413, 415, 422} if "requestBody" in operation else set()
    statuses |= {422} if takes_context(handler, method) else set()
    if any(it["in"] == "query" for it in operation.get("parameters", [])):
        statuses |= {414, 422}
    kept = {status: it for status, it in operation["responses"].items() if status < "400"}
    general = {str(it): {"$ref": f"#/components/responses/{_name(it)}"} for it in statuses}
    exact = declared.answers(declared.kinds(handler, method, operation), schemas)
    operation["responses"] = kept | dict(sorted((general | exact).items()))


def _name(status: int) -> str:
    return re.sub(r"\W", "", HTTPStatus(status).phrase.title())


def _answer(status: int) -> Schema:
    kind = KINDS[status]
    shown = Problem(address(kind), title(kind, Locale.ENGLISH), status, PRODUCT)
    media = {"schema": {"$ref": REF.format(name="Problem")}, "example": msgspec.to_builtins(shown)}
    headers = {"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}}
    return {"description": shown.title, "headers": headers, "content": {PROBLEM: media}}
