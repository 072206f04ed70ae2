"""Frequent reads are parsed once and then answered by a plan.

The first time, the framework finds the route, checks the parameters and calls the handler, which
answers through `learned`: a plan of the request is kept under its raw path, query and
Accept-Language. The same request later runs the plan. Answers are not kept, only what was
requested.
"""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from litestar.types import ASGIApp, Receive, Scope, Send

from trastienda.handlers.shared.answers import Document
from trastienda.middlewares.asgi import Wrapper, wrapper

MOST, LONGEST = 8_192, 512
"""How many plans are kept, the oldest going first, and the longest request in bytes."""
Key = tuple[bytes, bytes, bytes]
Plan = Callable[[Scope], Awaitable[Document]]


class _Learned(NamedTuple):
    plan: Plan
    template: str
    """The route, for the log."""


class Plans:
    """The plans of this process, at most `most`."""

    def __init__(self, most: int = MOST) -> None:
        """Start without plans."""
        self._most = most
        self._known: dict[Key, _Learned] = {}

    def __len__(self) -> int:
        return len(self._known)

    def of(self, scope: Scope) -> _Learned | None:
        return self._known.get(_key(scope)) if scope.get("method") == "GET" else None

    def keep(self, scope: Scope, plan: Plan) -> None:
        key = _key(scope)
        if sum(map(len, key)) <= LONGEST:
            if len(self._known) >= self._most:
                self._known.pop(next(iter(self._known)))
            self._known[key] = _Learned(plan, scope["path_template"])


async def learned(scope: Scope, plan: Plan) -> Document:
    """Answer by `plan`, and use it again for the same request.

    A plan depends on the request alone, not on the visitor; what may change in the shop (its
    currencies, its products) is looked up each time it runs.
    """
    document, plans = await plan(scope), scope["app"].state["plans"]
    plans.keep(scope, plan)
    return document


def express(plans: Plans) -> Wrapper:
    """Answer requests that have a plan, and leave all others to the framework."""

    @wrapper
    async def serve(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        known = plans.of(scope)
        if known is None:
            await app(scope, receive, send)
            return
        scope["path_template"] = known.template
        await (await known.plan(scope))(scope, receive, send)

    return serve


def _key(scope: Scope) -> Key:
    language = next((text for name, text in scope["headers"] if name == b"accept-language"), b"")
    return scope["raw_path"], scope["query_string"], language
