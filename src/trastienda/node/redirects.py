"""The plain HTTP port, which redirects everything to HTTPS.

It is a process of its own, so that attacks on it do not reach the shop.
"""

import asyncio
import re
from asyncio import StreamReader, StreamWriter

import h11

from trastienda import settings as environment
from trastienda.node.names import names
from trastienda.settings import Settings

LONGEST = 8 * 1024  # bytes of a request's head
PATIENCE = 5.0  # seconds that a client has for everything
CROWD = 500  # clients at once; one more closes the connection that has been open longest
BACKLOG = 400  # connections that wait to be accepted

LENIENT = re.compile(rb"[^\t\r\n -~\x80-\xff]|(?<!\r)\n|\r(?!\n)|\n[\t ]")
"""What h11 would accept: control characters, a bare LF or CR, and folded lines (RFC 9112, 2.2 and
5.2). Without these, its patterns also take linear time."""
METHOD = re.compile(rb"[A-Z]{3,16}")
VERSIONS = {b"1.0", b"1.1"}
PORT = re.compile(r":\d{1,5}$")
REASONS = {308: "Permanent Redirect", 400: "Bad Request", 431: "Request Header Fields Too Large"}


def answer(head: bytes, settings: Settings, known: set[str]) -> bytes:
    """Answer a request: 308 to the same path on our own name, or 400.

    The target is built from the settings, never from the Host header; a foreign Host is refused.
    """
    request = _read(head)
    if not request or not METHOD.fullmatch(request.method) or request.target[:1] != b"/":
        return refuse(400)
    hosts = [_name(value) for name, value in request.headers if name == b"host"]
    if len(hosts) != 1 or hosts[0] not in known:
        return refuse(400)
    return _response(308, f"Location: {settings.url}{request.target.decode('ascii')}\r\n")


def _read(head: bytes) -> h11.Request | None:
    """Parse a head strictly; return None unless it is valid HTTP/1.1 or 1.0."""
    if LENIENT.search(head):
        return None
    visitor = h11.Connection(h11.SERVER, max_incomplete_event_size=LONGEST)
    visitor.receive_data(head)
    try:
        event = visitor.next_event()
    except h11.RemoteProtocolError:
        return None
    if not isinstance(event, h11.Request) or event.http_version not in VERSIONS:
        return None
    return event


def _name(host: bytes) -> str:
    return PORT.sub("", host.decode("latin-1")).strip("[]").lower()


def refuse(status: int) -> bytes:
    return _response(status, "")


def _response(status: int, header: str) -> bytes:
    return (
        f"HTTP/1.1 {status} {REASONS[status]}\r\n{header}Content-Length: 0\r\n"
        "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    ).encode("latin-1")


async def listen(settings: Settings) -> None:
    """Listen on the plain port until the process is stopped."""
    known = names(settings)
    crowd: dict[StreamWriter, None] = {}  # in order of arrival

    async def meet(reader: StreamReader, writer: StreamWriter) -> None:
        if len(crowd) >= CROWD:
            next(iter(crowd)).transport.abort()
            del crowd[next(iter(crowd))]
        crowd[writer] = None
        try:
            async with asyncio.timeout(PATIENCE):
                await _meet(reader, writer, settings, known)
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            pass  # the client left, or was too slow
        finally:
            crowd.pop(writer, None)
            writer.transport.abort()

    server = await asyncio.start_server(
        meet, settings.host, settings.http_port, limit=LONGEST, backlog=BACKLOG
    )
    await server.serve_forever()


async def _meet(
    reader: StreamReader, writer: StreamWriter, settings: Settings, known: set[str]
) -> None:
    try:
        said = answer(await reader.readuntil(b"\r\n\r\n"), settings, known)
    except asyncio.LimitOverrunError:
        said = refuse(431)
    writer.write(said)
    await writer.drain()
    writer.write_eof()
    while await reader.read(LONGEST):
        pass  # reads the body: closing earlier would reset the connection and lose our answer


if __name__ == "__main__":
    asyncio.run(listen(environment.read()))
