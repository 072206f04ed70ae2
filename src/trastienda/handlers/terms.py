"""`Idempotency-Key`, `If-Match` and the language of a request, as the controllers see them."""

import re
from hashlib import sha256
from typing import Any

from litestar import Request
from litestar.di import NamedDependency

from trastienda.database.db import utcnow
from trastienda.errors import Malformed
from trastienda.middlewares import locale
from trastienda.middlewares.access import Asking
from trastienda.schemas.terms import Terms
from trastienda.schemas.visitor import Visitor
from trastienda.services.idempotency import IdempotencyKey

KEY = re.compile(r"[\x21-\x7e]{1,255}")
SHORTEST_ANONYMOUS = 22  # characters of Base64 that hold 128 bits
VERSION = re.compile(r'(?:W/)?"([0-9]{1,18})"')

Asked = NamedDependency[Terms]


async def terms(request: Request[Any, Any, Any], visitor: Asking) -> Terms:
    """Read on what terms a client asks. Raise KeyUnusable or VersionUnreadable.

    The language is read here and not as a dependency of its own: the framework resolves two that
    do not need each other in a task group, which costs more than both.
    """
    seen = request.headers.get("if-match")
    key = request.headers.get("idempotency-key")
    return Terms(
        asked_at=utcnow(),
        locale=locale.of(request.scope),
        seen=None if seen in {None, "*"} else _version(str(seen)),
        once=await _once(request, visitor, key) if key is not None else None,
        by=visitor.actor,
    )


def _version(seen: str) -> int:
    if match := VERSION.fullmatch(seen.strip()):
        return int(match[1])
    raise VersionUnreadable


async def _once(request: Request[Any, Any, Any], visitor: Visitor, key: str) -> IdempotencyKey:
    who = visitor.user_id or visitor.key_id
    if not KEY.fullmatch(key) or (who is None and len(key) < SHORTEST_ANONYMOUS):
        raise KeyUnusable
    asked = f"{request.method} {request.scope['raw_path'].decode('latin-1')}"
    query = request.scope["query_string"]
    digest = sha256(b"\0".join([asked.encode(), query, await request.body()])).digest()
    scope = str(who) if who else asked
    status = request.route_handler.status_code or 200
    return IdempotencyKey((scope, key), digest, status, utcnow())


class KeyUnusable(Malformed):
    """An idempotency key has 1 to 255 visible ASCII characters; an anonymous one at least 22."""


class VersionUnreadable(Malformed):
    """If-Match takes one version as its ETag was given, or *."""
