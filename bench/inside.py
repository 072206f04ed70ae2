"""The application in this process, without Granian and TLS; its PostgreSQL counts statements."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from trastienda.postgres import embedded

PORT = 4401
HOST = (b"host", f"localhost:{PORT}".encode())
Request = tuple[str, str, bytes]
Headers = Sequence[tuple[bytes, bytes]]
COUNTS = """
shared_preload_libraries = 'pg_stat_statements'
pg_stat_statements.track_planning = on
"""


class Answer(NamedTuple):
    status: int
    headers: Headers
    body: bytes


async def ask(app: Any, request: Request, more: Headers = ()) -> Answer:  # noqa: ANN401 - ASGI
    """Call the application as the server would, with more headers if wanted."""
    method, address, body = request
    path, _, query = address.partition("?")
    began: dict[str, Any] = {}
    parts: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        began.update(message if "status" in message else {})
        parts.append(message.get("body", b""))

    headers = [HOST, *more]
    if body:
        if not any(name == b"content-type" for name, _ in more):
            headers.append((b"content-type", b"application/json"))
        headers.append((b"content-length", str(len(body)).encode()))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", PORT),
        "state": {},
        "extensions": {},
    }
    await app(scope, receive, send)
    return Answer(began["status"], began["headers"], b"".join(parts))


@asynccontextmanager
async def started(app: Any) -> AsyncIterator[None]:  # noqa: ANN401 - an ASGI application
    """Start the application as the server would, and end it with the block."""
    waiting: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    up = asyncio.Event()

    async def told(message: dict[str, str]) -> None:
        if message["type"].endswith(".complete"):
            up.set()

    waiting.put_nowait({"type": "lifespan.startup"})
    state: dict[str, Any] = {}
    living: asyncio.Task[None] = asyncio.create_task(
        app({"type": "lifespan", "state": state}, waiting.get, told)
    )
    await up.wait()
    yield
    waiting.put_nowait({"type": "lifespan.shutdown"})
    await living


@contextmanager
def counting(work: Path) -> Iterator[embedded.Embedded]:
    """Run the PostgreSQL of a folder so that it counts statements."""
    configuration = work / "postgres/cluster/postgresql.auto.conf"
    if not configuration.exists():
        with embedded.running(work):
            pass
    if "pg_stat_statements" not in configuration.read_text():
        with configuration.open("a") as more:
            more.write(COUNTS)
    with embedded.running(work) as server:
        yield server


def in_production(url: str, work: Path) -> dict[str, str]:
    """Return the settings of production, without limits: all buyers come from one address."""
    return {
        "DATABASE_URL": url,
        "TRASTIENDA_DATA": str(work / "shop"),
        "TRASTIENDA_PORT": str(PORT),
        "TRASTIENDA_HTTP_PORT": "0",
        "TRASTIENDA_ENV": "production",
        "TRASTIENDA_SECRET": "only for measuring, never for a shop",
        "TRASTIENDA_PUBLIC_URL": f"https://localhost:{PORT}",
        "TRASTIENDA_RATE_LIMITS": "off",
        "TRASTIENDA_LOG_LEVEL": "warning",  # the figures are to be read
    }
