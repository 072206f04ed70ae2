"""A stand-in's answers as they come over a wire: in the process, or from a port."""

from asyncio import IncompleteReadError, StreamReader, StreamWriter, start_server
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx

PIECE = 16_384
Answer = Callable[[httpx.Request], Awaitable[httpx.Response]]


class Wire(httpx.AsyncBaseTransport):
    """Carries requests to a function, and its answers back."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        answer = await self._answer(request)
        return httpx.Response(answer.status_code, stream=_Pieces(await answer.aread()))


class _Pieces(httpx.AsyncByteStream):
    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self._content), PIECE):
            yield self._content[start : start + PIECE]


@asynccontextmanager
async def served(answer: Answer) -> AsyncIterator[str]:
    """Answer requests at an address, until the block ends; an answer that times out hangs up."""

    async def serve(reader: StreamReader, writer: StreamWriter) -> None:
        try:
            response = await answer(await _request(reader))
            body = await response.aread()
            head = f"HTTP/1.1 {response.status_code} X\r\nContent-Length: {len(body)}\r\n"
            writer.write(f"{head}Connection: close\r\n\r\n".encode() + body)
            await writer.drain()
        except (ConnectionError, IncompleteReadError, httpx.TimeoutException):
            pass
        finally:
            writer.close()

    server = await start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await server.wait_closed()


async def _request(reader: StreamReader) -> httpx.Request:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    method, path, _ = first.split(" ")
    pairs = [line.split(": ", 1) for line in lines if line]
    headers = {name.lower(): value for name, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return httpx.Request(method, f"http://{headers['host']}{path}", headers=headers, content=body)
