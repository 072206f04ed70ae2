"""Small handlers that fail in every way, inside the real application: no database needed."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Annotated, Any

from httpx import ASGITransport, AsyncClient
from httpx import Response as Answer
from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream
from litestar.types import ASGIApp
from msgspec import Meta, Struct
from psycopg import OperationalError
from psycopg.errors import NumericValueOutOfRange

from trastienda.application import guarded, shop
from trastienda.errors import Conflict, PaymentRefused, Stale, TooMany, Unavailable
from trastienda.settings import Settings

HERE = "https://localhost:8443"
SETTINGS = Settings(secret="s" * 32)
Scope = dict[str, Any]


SILENCE: Scope = {"type": "silence"}
"""In place of a message: the client stays, and nothing comes from it any more."""


class ProbeLine(Struct, forbid_unknown_fields=True):
    sku: str
    quantity: Annotated[int, Meta(ge=1, le=9_999)] = 1


class Probe(Struct, forbid_unknown_fields=True):
    lines: list[ProbeLine]
    prices: dict[str, int] = {}


class OutOfProbes(Conflict):
    """There are no probes left."""


class TooManyProbes(TooMany):
    """Too many probes; wait a little."""


FAILURES: dict[str, Exception] = {
    "bug": RuntimeError("the password is hunter2"),
    "conflict": OutOfProbes(left=0),
    "database": OperationalError("server closed the connection unexpectedly"),
    "number": NumericValueOutOfRange("integer out of range"),
    "payment": PaymentRefused(),
    "rate": TooManyProbes(retry_after=7),
    "stale": Stale(current=ProbeLine("MUG")),
    "unavailable": Unavailable(),
}


@post()
async def send_probe(data: JSONBody[Probe]) -> Probe:
    """Send a probe."""
    return data


@get()
async def list_probes(
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 24, q: FromQuery[str | None] = None
) -> Response[dict[str, Any]]:
    """List probes."""
    return Response({"limit": limit, "q": q}, headers={"ETag": '"1"', "Cache-Control": "private"})


@get()
async def fail(kind: FromPath[str]) -> None:
    """Fail."""
    raise FAILURES[kind]


@get()
async def break_off() -> Stream:
    """Begin an answer and fail in the middle of it."""

    async def halves() -> AsyncIterator[bytes]:
        yield b"half"
        raise RuntimeError("the other half")

    return Stream(halves())


PROBES = Router(
    "/",
    route_handlers=[
        Router("/probes", route_handlers=[send_probe, list_probes]),
        Router("/probes/break-off", route_handlers=[break_off]),
        Router("/probes/fail/{kind:str}", route_handlers=[fail]),
    ],
)


def probed(settings: Settings = SETTINGS) -> ASGIApp:
    return guarded(shop(settings, routes=[PROBES]), settings)


def a_client(app: ASGIApp, **headers: str) -> AsyncClient:
    asgi: Any = app  # httpx and Litestar write the types of ASGI differently
    transport: Any = ASGITransport(app=asgi)
    return AsyncClient(transport=transport, base_url=HERE, headers=headers)


async def speak(
    app: ASGIApp,
    headers: Sequence[tuple[bytes, bytes]] = (),
    messages: Iterable[Scope] = ({"type": "http.request", "body": b""},),
    **scope: object,
) -> list[Scope]:
    """Speak ASGI by hand, for what no HTTP client would send; return all that comes back."""
    path = str(scope.get("path", "/probes"))
    came, waiting = [], iter(messages)
    asked: Any = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"localhost:8443"), *headers],
        "client": ("127.0.0.1", 40_000),
        "server": ("127.0.0.1", 8_443),
        **scope,
    }

    async def receive() -> Any:  # noqa: ANN401 - any ASGI message
        message = next(waiting, {"type": "http.disconnect"})
        if message is SILENCE:
            await asyncio.Event().wait()
        return message

    async def send(message: Any) -> None:  # noqa: ANN401 - as above
        came.append(message)

    await app(asked, receive, send)
    return came


def problem(answer: Answer) -> dict[str, Any]:
    """Hold that an answer is a refusal of the one shape, and return it."""
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["instance"] == answer.headers["x-request-id"]
    assert body["status"] == answer.status_code
    assert body["title"]
    return body
