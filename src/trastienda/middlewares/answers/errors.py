"""The error map: the only file where errors of the shop meet HTTP, and the only catch-all."""

import re
from collections.abc import Awaitable, Callable, Mapping
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
from trastienda.database.models.shared.text import Locale
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
from trastienda.middlewares.answers import faults
from trastienda.middlewares.answers.head import with_head
from trastienda.middlewares.asgi import Headers, Wrapper, send_whole, wrapper
from trastienda.middlewares.identity.security import Report
from trastienda.middlewares.requests import locale, request_id
from trastienda.middlewares.requests.limits import (
    AddressTooLong,
    BodyTooLarge,
    BodyTooSlow,
    HeadersTooLarge,
)
from trastienda.middlewares.requests.validation import (
    HungUp,
    InvalidRequest,
    WrongContentType,
    asked,
)
from trastienda.schemas.shared.problem import Fault
from trastienda.services.shared.idempotency import Replayed
from trastienda.titles import kind as problem_type
from trastienda.titles import title

log = structlog.get_logger()


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
    BodyTooSlow: 408,
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


AsPage = Callable[[ShopError, Headers, Scope, Send], Awaitable[bool]]
"""Answers with a page where one is wanted, and says whether it did."""


def as_problems(report: Report, as_page: AsPage) -> Wrapper:
    """Turn every failure inside into an answer of one shape, `application/problem+json`.

    `report` logs a security event, in place of the usual line about a refusal; `as_page` answers
    browsers at the addresses of pages instead.
    """

    @wrapper
    async def serve(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def answer(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] == "http.response.start":  # a copy: wrappers add to it
                message["headers"] = list(message["headers"])
            await send(message)

        try:
            await app(scope, receive, answer)
        except Replayed as before:
            await replay(before, send)
        except HungUp:
            log.info("the client hung up before its request was complete")
        except Exception as error:
            problem = translated(error, asked(scope))
            if begun:  # too late for an error: cut off, it is not taken for complete
                log.exception("failed in the middle of an answer")
                raise
            if isinstance(problem, Unexpected):
                log.exception("failed", route=scope.get("path_template"))
            else:
                _tell(problem, error, reported=report(problem, scope))
            headers = _headers(problem, error)
            if not await as_page(problem, headers, scope, send):
                await refuse(problem, headers, scope, send)

    return serve


def _tell(problem: ShopError, error: Exception, *, reported: bool) -> None:
    if reported:
        return
    if isinstance(problem, Unavailable):
        log.warning("unavailable", problem=type(problem).__name__, reason=str(error))
    else:
        log.info("refused", problem=type(problem).__name__)


def leave(_: Any, error: Exception) -> NoReturn:  # noqa: ANN401 - the framework's signature
    """Let errors pass through the framework to `as_problems`, which handles all of them."""
    raise error


def _headers(problem: ShopError, error: Exception) -> Headers:
    """Return the headers of a refusal, whatever its body is."""
    headers = framework_headers(error)
    if "retry_after" in problem.facts:
        headers.append((b"retry-after", str(problem.facts["retry_after"]).encode()))
    known = {name for name, _ in headers}
    more = SAYS_MORE.get(status_of(type(problem)), [])
    return headers + [header for header in more if header[0] not in known]


async def refuse(problem: ShopError, headers: Headers, scope: Scope, send: Send) -> None:
    status, body = status_of(type(problem)), described(problem, locale.of(scope))
    headers = [
        *headers,
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"vary", b"Accept-Language"),
    ]
    await send_whole(send, status, headers, body)


async def replay(before: Replayed, send: Send) -> None:
    """Send the stored first answer to a request, byte for byte."""
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(before.answer)).encode()),
        (b"idempotent-replayed", b"true"),
    ]
    await send_whole(send, before.status, headers, before.answer)


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
        code = members["type"].rpartition("/")[2].replace("-", "_")
        facts["errors"] = [Fault(pointer=str(pointer), code=code, detail=members["title"])]
    elif isinstance(found := facts.get("errors"), list):
        facts["errors"] = [faults.said(it, language) for it in found]
    return msgspec.json.encode({**facts, **members})


def status_of(kind: type[ShopError]) -> int:
    return next((STATUS[it] for it in kind.__mro__ if it in STATUS), STATUS[Unexpected])


def translated(error: Exception, types: Mapping[str, Any]) -> ShopError:
    """Return the shop's error for one of the framework; `types` are those of the parameters."""
    cause: Any = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, ValidationException):
        return _misshapen(cause, types)
    for kind, words in TRANSLATIONS:
        if isinstance(cause, kind):
            return words(cause)
    return DatabaseAway() if lost_connection(error) else Unexpected()


def _by_status(error: HTTPException) -> ShopError:
    kind: Any = KINDS.get(error.status_code, Unexpected)
    return kind()  # type: ignore[no-any-return]


def _misshapen(error: ValidationException, types: Mapping[str, Any]) -> ShopError:
    if missing := MISSING.match(error.detail):
        pointer, source = f"/{missing['name']}", missing["source"]
        return InvalidRequest(errors=[faults.fault(pointer, "missing", source)])
    extra: Any = error.extra
    return InvalidRequest(errors=[_fault(types, **it) for it in extra or []])


def _fault(types: Mapping[str, Any], message: str, key: str = "", source: str = "body") -> Fault:
    if key == "data":  # the framework's name for the body, when there is none
        return faults.fault("", "missing")
    where = str(getattr(source, "value", source))
    return faults.translated(message, types.get(key, Any), f"/{key}", where)


def _not_storable(error: Exception) -> ShopError:
    log.warning("a check is missing before the database", reason=str(error))
    return InvalidRequest()


TRANSLATIONS: list[tuple[type[Exception], Callable[[Any], ShopError]]] = [
    (ShopError, lambda error: error),
    (NotFoundException, lambda _: NoSuchAddress()),
    (MethodNotAllowedException, lambda _: MethodNotAllowed()),
    (HTTPException, _by_status),
    (NumericValueOutOfRange, _not_storable),
    (CharacterNotInRepertoire, _not_storable),
]


def framework_headers(error: Exception) -> Headers:
    """Return the headers of a framework error, above all the allowed methods."""
    if not isinstance(error, HTTPException):
        return []
    said = {name.lower(): value for name, value in (error.headers or {}).items()}
    if "allow" in said:
        said["allow"] = with_head(said["allow"])
    return [(name.encode(), said[name].encode()) for name in PASSED_ON & said.keys()]
