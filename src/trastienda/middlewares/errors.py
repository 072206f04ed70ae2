"""The error map: the only file where the shop's words and HTTP's meet, and the only catch-all."""

import re
from collections.abc import Callable
from typing import Any, NoReturn

import msgspec
import structlog
from litestar.exceptions import (
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
    ValidationException,
)
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from psycopg.errors import CharacterNotInRepertoire, NumericValueOutOfRange
from sqlalchemy.exc import DBAPIError

from trastienda.database.failures import DatabaseAway, lost_connection
from trastienda.database.models.text import Locale
from trastienda.errors import (
    Conflict,
    Forbidden,
    Invalid,
    Malformed,
    NotFound,
    PaymentRefused,
    ShopError,
    Stale,
    TooMany,
    Unauthenticated,
    Unavailable,
)
from trastienda.middlewares import locale, request_id
from trastienda.middlewares.head import with_head
from trastienda.middlewares.limits import AddressTooLong, BodyTooLarge, HeadersTooLarge
from trastienda.middlewares.validation import HungUp, InvalidRequest, WrongContentType
from trastienda.schemas.problem import Fault
from trastienda.services.idempotency import Replayed
from trastienda.titles import kind as problem_type
from trastienda.titles import title

log = structlog.get_logger()
Headers = list[tuple[bytes, bytes]]


class NoSuchAddress(NotFound):
    """There is nothing at this address."""


class MethodNotAllowed(ShopError):
    """There is something here, and it does not take that method."""


class Unexpected(ShopError):
    """Something went wrong on our side."""


STATUS: dict[type[ShopError], int] = {
    Malformed: 400,
    Unauthenticated: 401,
    PaymentRefused: 402,
    Forbidden: 403,
    NotFound: 404,
    MethodNotAllowed: 405,
    Conflict: 409,
    Stale: 412,
    BodyTooLarge: 413,
    AddressTooLong: 414,
    WrongContentType: 415,
    Invalid: 422,
    TooMany: 429,
    HeadersTooLarge: 431,
    Unexpected: 500,
    Unavailable: 503,
}
KINDS = {status: kind for kind, status in STATUS.items()}
SAYS_MORE: dict[int, Headers] = {
    401: [(b"www-authenticate", b"Bearer")],
    429: [(b"retry-after", b"1")],
    503: [(b"retry-after", b"2")],
}
PASSED_ON = {"allow", "retry-after", "www-authenticate"}
MISSING = re.compile(r"Missing required (?P<source>\w+) parameter '(?P<name>[^']+)'")


def as_problems(app: ASGIApp) -> ASGIApp:
    """Answer everything that goes wrong inside with one shape, `application/problem+json`."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def answer(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await app(scope, receive, answer)
        except Replayed as before:
            await replay(before, send)
        except HungUp:
            log.info("the client hung up before its request was complete")
        except Exception as error:
            problem = translated(error)
            if begun:  # too late to say anything: cut it off, so that nobody takes it for whole
                log.exception("failed in the middle of an answer")
                raise
            if isinstance(problem, Unexpected):
                log.exception("failed", route=scope.get("path_template"))
            elif isinstance(problem, Unavailable):
                log.warning("unavailable", problem=type(problem).__name__, reason=str(error))
            else:
                log.info("refused", problem=type(problem).__name__)
            await refuse(problem, framework_headers(error), scope, send)

    return serve


def leave(_: Any, error: Exception) -> NoReturn:  # noqa: ANN401 - the framework's signature
    """Tell the framework to let errors through, to `as_problems`, which sees all of them."""
    raise error


async def refuse(problem: ShopError, headers: Headers, scope: Scope, send: Send) -> None:
    status, body = status_of(type(problem)), described(problem, locale.of(scope))
    if "retry_after" in problem.facts:
        headers = [*headers, (b"retry-after", str(problem.facts["retry_after"]).encode())]
    known = {name for name, _ in headers}
    headers += [header for header in SAYS_MORE.get(status, []) if header[0] not in known]
    headers += [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"vary", b"Accept-Language"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def replay(before: Replayed, send: Send) -> None:
    """Give the answer that the request had the first time, byte for byte."""
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(before.answer)).encode()),
        (b"idempotent-replayed", b"true"),
    ]
    await send({"type": "http.response.start", "status": before.status, "headers": headers})
    await send({"type": "http.response.body", "body": before.answer, "more_body": False})


def described(problem: ShopError, language: Locale) -> bytes:
    kind = type(problem)
    members: dict[str, Any] = {
        "type": problem_type(kind),
        "title": title(kind, language),
        "status": status_of(kind),
        "instance": request_id.current(),
    }
    facts = dict(problem.facts)
    if pointer := facts.pop("pointer", None):
        facts["errors"] = [Fault(pointer=str(pointer), detail=members["title"])]
    return msgspec.json.encode({**facts, **members})


def status_of(kind: type[ShopError]) -> int:
    return next((STATUS[it] for it in kind.__mro__ if it in STATUS), STATUS[Unexpected])


def translated(error: Exception) -> ShopError:
    """Say in the shop's words what went wrong."""
    cause: Any = error.orig if isinstance(error, DBAPIError) else error
    for kind, words in TRANSLATIONS:
        if isinstance(cause, kind):
            return words(cause)
    return DatabaseAway() if lost_connection(error) else Unexpected()


def _by_status(error: HTTPException) -> ShopError:
    kind: Any = KINDS.get(error.status_code, Unexpected)
    return kind()  # type: ignore[no-any-return]


def _misshapen(error: ValidationException) -> ShopError:
    if missing := MISSING.match(error.detail):
        pointer, source = f"/{missing['name']}", missing["source"]
        return InvalidRequest(errors=[Fault(pointer, "Required", source)])
    extra: Any = error.extra
    return InvalidRequest(errors=[_fault(**it) for it in extra or []])


def _fault(message: str, key: str = "", source: str = "body") -> Fault:
    if key == "data":  # the framework's name for a body, of which there is none
        return Fault(pointer="", detail="A body is required")
    return Fault(pointer=f"/{key}", detail=message, source=str(getattr(source, "value", source)))


def _not_storable(error: Exception) -> ShopError:
    log.warning("a check is missing before the database", reason=str(error))
    return InvalidRequest()


TRANSLATIONS: list[tuple[type[Exception], Callable[[Any], ShopError]]] = [
    (ShopError, lambda error: error),
    (NotFoundException, lambda _: NoSuchAddress()),
    (MethodNotAllowedException, lambda _: MethodNotAllowed()),
    (ValidationException, _misshapen),
    (HTTPException, _by_status),
    (NumericValueOutOfRange, _not_storable),
    (CharacterNotInRepertoire, _not_storable),
]


def framework_headers(error: Exception) -> Headers:
    """Keep what the framework says beside its error: above all which methods are allowed."""
    if not isinstance(error, HTTPException):
        return []
    said = {name.lower(): value for name, value in (error.headers or {}).items()}
    if "allow" in said:
        said["allow"] = with_head(said["allow"])
    return [(name.encode(), said[name].encode()) for name in PASSED_ON & said.keys()]
