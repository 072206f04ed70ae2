"""The plain port: it sends everybody to HTTPS and does nothing else.

A process of its own, so that whoever plays with it meets nothing of the shop.
"""

import asyncio
import re
from asyncio import StreamReader, StreamWriter

from trastienda import settings as environment
from trastienda.names import names
from trastienda.settings import Settings

LONGEST = 8 * 1024  # bytes of a request's head
PATIENCE = 5.0  # seconds that a visitor has for everything
CROWD = 200  # visitors at once; more are hung up on

REQUEST = re.compile(r"([A-Z]{3,16}) (/[!-~]*) HTTP/1\.[01]")
HEADER = re.compile(r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([\t -~\x80-\xff]*)")
PORT = re.compile(r":\d{1,5}$")
REASONS = {308: "Permanent Redirect", 400: "Bad Request", 431: "Request Header Fields Too Large"}


def answer(head: bytes, settings: Settings, known: set[str]) -> bytes:
    """Answer a request's head: 308 to the same path on our own name, or 400.

    The target is made of the settings, never of the Host header; a Host that is not ours is
    refused, as everywhere.
    """
    request, *lines = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    target = REQUEST.fullmatch(request)
    headers = [HEADER.fullmatch(line) for line in lines]
    hosts = [it[2].strip() for it in headers if it and it[1].lower() == "host"]
    if not target or None in headers or len(hosts) != 1 or _name(hosts[0]) not in known:
        return refuse(400)
    return _response(308, f"Location: {settings.url}{target[2]}\r\n")


def _name(host: str) -> str:
    return PORT.sub("", host).strip("[]").lower()


def refuse(status: int) -> bytes:
    return _response(status, "")


def _response(status: int, header: str) -> bytes:
    return (
        f"HTTP/1.1 {status} {REASONS[status]}\r\n{header}Content-Length: 0\r\n"
        "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    ).encode("latin-1")


async def listen(settings: Settings) -> None:
    """Listen on the plain port, for ever."""
    known, crowd = names(settings), asyncio.Semaphore(CROWD)

    async def meet(reader: StreamReader, writer: StreamWriter) -> None:
        try:
            if not crowd.locked():
                async with crowd, asyncio.timeout(PATIENCE):
                    await _meet(reader, writer, settings, known)
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            pass  # they left, or never came to the point
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(meet, settings.host, settings.http_port, limit=LONGEST)
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
        pass  # a body; closing with it unread would reset the connection and lose our answer


if __name__ == "__main__":
    asyncio.run(listen(environment.read()))
