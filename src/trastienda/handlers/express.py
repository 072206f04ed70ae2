"""Hot reads that were understood once are not parsed again.

The framework finds the route, checks every parameter and calls the handler, which answers through
`learned`: what the request meant is kept under its raw path, query and Accept-Language. The same
request later goes straight to the database. Answers are not kept: only what was asked is.
"""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from litestar.types import ASGIApp, Receive, Scope, Send

from trastienda.handlers.answers import Document

MOST, LONGEST = 8_192, 512
"""How many requests are remembered, the oldest going first, and of which size in bytes."""
Key = tuple[bytes, bytes, bytes]
Plan = Callable[[Scope], Awaitable[Document]]


class _Learned(NamedTuple):
    plan: Plan
    template: str
    """The route, for the log."""


_plans: dict[Key, _Learned] = {}


async def learned(scope: Scope, plan: Plan) -> Document:
    """Answer by `plan`, and go by it when the same is asked again.

    A plan depends on nothing but the request: who asks does not matter, and what may change in
    the shop (its currencies, its products) is looked up when it runs.
    """
    document, key = await plan(scope), _key(scope)
    if sum(map(len, key)) <= LONGEST:
        if len(_plans) >= MOST:
            _plans.pop(next(iter(_plans)))
        _plans[key] = _Learned(plan, scope["path_template"])
    return document


def express(app: ASGIApp) -> ASGIApp:
    """Answer what has been learned, and leave everything else to the framework."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        known = _plans.get(_key(scope)) if scope.get("method") == "GET" else None
        if known is None:
            await app(scope, receive, send)
            return
        scope["path_template"] = known.template
        await (await known.plan(scope))(scope, receive, send)

    return serve


def _key(scope: Scope) -> Key:
    language = next((text for name, text in scope["headers"] if name == b"accept-language"), b"")
    return scope["raw_path"], scope["query_string"], language
