"""`Idempotency-Key`, `If-Match` and the language of a request, as controllers receive them."""

import re
from hashlib import sha256
from typing import Any

from litestar import Request
from litestar.di import NamedDependency

from trastienda.database.db import utcnow
from trastienda.errors import Malformed
from trastienda.middlewares.identity import cookies
from trastienda.middlewares.identity.access import Asking
from trastienda.middlewares.requests import locale
from trastienda.middlewares.requests.validation import STREAMED
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.shared.idempotency import IdempotencyKey

KEY = re.compile(r"[\x21-\x7e]{1,255}")
SHORTEST_ANONYMOUS = 22  # characters of Base64 for 128 bits
VERSION = re.compile(r'(?:W/)?"([0-9]{1,18})"')

RequestContext = NamedDependency[Context]


async def context(request: Request[Any, Any, Any], visitor: Asking) -> Context:
    """Read the context of a request. Raise KeyUnusable, KeyPrinted or VersionUnreadable.

    The language is read here, and not as a dependency of its own: the framework resolves
    independent dependencies in a task group, which costs more than both.
    """
    seen = cookies.header(request.scope, b"if-match")
    key = cookies.header(request.scope, b"idempotency-key")
    return Context(
        asked_at=utcnow(),
        locale=locale.of(request.scope),
        seen=None if seen in {None, "*"} else _version(str(seen)),
        once=await _once(request, visitor, key) if key is not None else None,
        by=visitor.actor,
        limited=request.app.state.counter is not None,
    )


PRINTED = {"b9Y2kQ7nTn3sVw0fXh1c5aZr8LpJd6Me"}
"""Keys that the documentation shows: strangers would send the same one, and share an answer."""


def _version(seen: str) -> int:
    if match := VERSION.fullmatch(seen.strip()):
        return int(match[1])
    raise VersionUnreadable


async def _once(request: Request[Any, Any, Any], visitor: Visitor, key: str) -> IdempotencyKey:
    owner = visitor.user_id or visitor.key_id
    if not KEY.fullmatch(key) or (owner is None and len(key) < SHORTEST_ANONYMOUS):
        raise KeyUnusable
    if key in PRINTED:
        raise KeyPrinted
    asked = f"{request.method} {request.scope['raw_path'].decode('latin-1')}"
    query = request.scope["query_string"]
    # A body that is taken in pieces is covered by its handler, who knows it afterwards.
    body = b"" if request.route_handler.opt.get(STREAMED) else await request.body()
    digest = sha256(b"\0".join([asked.encode(), query, body])).digest()
    scope = str(owner) if owner else asked
    status = request.route_handler.status_code or 200
    return IdempotencyKey((scope, key), digest, status, utcnow())


class KeyUnusable(Malformed):
    """An idempotency key has 1 to 255 visible ASCII characters; an anonymous one at least 22."""


class KeyPrinted(Malformed):
    """This idempotency key is printed in the documentation; make one of your own."""


class VersionUnreadable(Malformed):
    """If-Match takes one version as its ETag was given, or *."""
