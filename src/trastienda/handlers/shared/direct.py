"""Handlers that take only what the shop itself provides are called without the framework's steps.

The framework reads each parameter of a request in a general way, which costs more than the checks
themselves. Here the same checks run in the same order: guards, text, body, visitor, context. What
has other parameters, or is not exactly the address of such a handler, is left to the framework.
See docs/decisions/0036.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from litestar import Litestar
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.handlers import HTTPRouteHandler
from litestar.params import BodyKwarg, ParameterKwarg
from litestar.response import Stream
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp, Empty, Receive, Scope, Send
from litestar.typing import FieldDefinition

from trastienda.handlers.shared.answers import VersionedResponse
from trastienda.middlewares.answers.faults import fault
from trastienda.middlewares.asgi import Wrapper, wrapper
from trastienda.middlewares.requests.validation import SHAPE, InvalidRequest, JsonRequest

BODY = "data"
LONGEST = 255
"""Characters of a path's parameter that has no limit of its own; longer ones are unusual."""
_OF_THE_REQUEST = frozenset({"request", "scope"})
API = "/v1/"
"""Where programs ask, which wait for nothing but the answer."""


class _Provided(NamedTuple):
    """A value that the application provides, by name."""

    name: str
    provide: Callable[..., Any]
    waits: bool
    takes: tuple[str, ...]


class _Part(NamedTuple):
    """A parameter in a path, and how long it may be."""

    name: str
    longest: int


class Direct:
    """A handler, and all that is needed to call it."""

    def __init__(
        self, handler: HTTPRouteHandler, template: str, path: list[_Part], provided: list[_Provided]
    ) -> None:
        """Remember what the framework would look up for each request."""
        self._handler, self._template, self._provided = handler, template, provided
        self._guards: list[Any] = handler.resolve_guards()
        self._check: Any = handler.resolve_before_request()
        self._call: Any = handler.fn
        self._path = path
        self._names = tuple(handler.parsed_fn_signature.parameters)
        self._reads = BODY in self._names

    def parameters(self, values: Sequence[str]) -> dict[str, str] | None:
        """Name the parameters in a path; None if one is too long."""
        if any(len(value) > it.longest for it, value in zip(self._path, values, strict=True)):
            return None
        return {it.name: value for it, value in zip(self._path, values, strict=True)}

    async def __call__(self, request: JsonRequest) -> ASGIApp:
        """Check a request and call the handler; return its answer."""
        scope = request.scope
        scope["path_template"], scope["route_handler"] = self._template, self._handler
        for guard in self._guards:
            await guard(request, self._handler)
        if self._check is not None:
            await self._check(request)
        given: dict[str, Any] = {"request": request, "scope": scope, **request.path_params}
        if self._reads:
            given[BODY] = await request.json() if await request.body() else Empty
        for it in self._provided:
            value = it.provide(**{name: given[name] for name in it.takes})
            given[it.name] = await value if it.waits else value
        if self._reads and given[BODY] is Empty:
            raise InvalidRequest(errors=[fault("", "missing")])
        answer = await self._call(**{name: given[name] for name in self._names})
        if isinstance(answer, VersionedResponse):
            return answer.to_asgi_response()
        return await self._handler.to_response(app=request.app, data=answer, request=request)


class _Node:
    """A part of a path: the parts after it, and what is called if it is the last one."""

    __slots__ = ("calls", "others", "parts")

    def __init__(self) -> None:
        self.parts: dict[str, _Node] = {}
        self.others: _Node | None = None
        self.calls: dict[str, Direct] = {}


class Calls:
    """The handlers of an application that can be called directly, by method and path."""

    def __init__(self, app: Litestar) -> None:
        """Find them. Nodes are made for all routes, so that `/carts/mine` is never a cart."""
        self._root = _Node()
        for route in app.routes:
            if isinstance(route, HTTPRoute):
                node = self._node(route)
                for method, (handler, _) in route.route_handler_map.items():
                    if route.path.startswith(API) and (direct := _direct(handler, route)):
                        node.calls[method] = direct

    def of(self, scope: Scope) -> tuple[Direct, dict[str, str]] | None:
        """Return the handler for a request, and the parameters in its path."""
        node, values = self._root, []
        for part in scope["path"][1:].split("/"):
            following = node.parts.get(part)
            if following is None:
                following = node.others
                if following is None or not part:
                    return None
                values.append(part)
            node = following
        direct = node.calls.get(str(scope.get("method")))
        path = direct.parameters(values) if direct is not None else None
        return None if direct is None or path is None else (direct, path)

    def _node(self, route: HTTPRoute) -> _Node:
        node = self._root
        for part in route.path_components:
            if isinstance(part, str):
                node = node.parts.setdefault(part, _Node())
            else:
                node.others = node = node.others or _Node()
        return node


def _direct(handler: HTTPRouteHandler, route: HTTPRoute) -> Direct | None:
    """Return a handler as it is called directly, or None if only the framework can call it."""
    provided: dict[str, _Provided] = {}
    if not _is_plain(handler):
        return None
    parameters, providers = handler.parsed_fn_signature.parameters, handler.resolve_dependencies()
    for name, it in parameters.items():
        if name == BODY:
            known = SHAPE in handler.opt and _is_json(it)
        else:
            known = name in route.path_parameters or _learn(name, providers, provided)
        if not known:
            return None
    path: list[_Part] = []
    for name, part in route.path_parameters.items():
        longest = _longest(parameters.get(name))
        if part.type is not str or longest is None:
            return None
        path.append(_Part(name, longest))
    return Direct(handler, route.path_format, path, list(provided.values()))


def _is_plain(handler: HTTPRouteHandler) -> bool:
    """Say whether nothing but guards and a check goes before a handler, and nothing after it."""
    endless = handler.parsed_fn_signature.return_type.is_subclass_of(Stream)
    more = handler.cache or handler.resolve_middleware() or handler.resolve_after_response()
    return not (handler.has_sync_callable or endless or more)


def _is_json(body: FieldDefinition) -> bool:
    """Say whether a body has to be there, and is JSON."""
    kind = body.kwarg_definition
    is_json = isinstance(kind, BodyKwarg) and kind.media_type == RequestEncodingType.JSON
    return is_json and not body.is_optional and not body.has_default


def _learn(name: str, providers: Mapping[str, Any], provided: dict[str, _Provided]) -> bool:
    """Add a provided value, after those that it is made from. Say whether that is possible."""
    if name in provided or name in _OF_THE_REQUEST:
        return True
    it = providers.get(name)
    if not isinstance(it, Provide) or it.use_cache or it.sync_to_thread:
        return False
    takes = tuple(it.parsed_fn_signature.parameters)
    if not all(_learn(each, providers, provided) for each in takes):
        return False
    provided[name] = _Provided(name, it.dependency, not it.has_sync_callable, takes)
    return True


def _longest(parameter: FieldDefinition | None) -> int | None:
    """Return how long a text in a path may be; None if it has to be more than not too long."""
    limits = parameter.kwarg_definition if parameter else None
    if parameter is None or parameter.annotation is not str:
        return None
    if not isinstance(limits, ParameterKwarg):
        return LONGEST
    return None if limits.pattern or limits.min_length else limits.max_length or LONGEST


def direct(calls: Calls, app: Litestar) -> Wrapper:
    """Call what can be called directly, and leave all other requests to the framework."""

    @wrapper
    async def serve(inside: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        known = None if scope.get("root_path") else calls.of(scope)
        if known is None:
            await inside(scope, receive, send)
            return
        handler, scope["path_params"] = known
        scope["app"] = scope["litestar_app"] = app
        scope.setdefault("state", {})
        answer = await handler(JsonRequest(scope, receive, send))
        await answer(scope, receive, send)

    return serve
