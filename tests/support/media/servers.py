"""A real HTTP server on this machine that answers each path as it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class PictureServer:
    def __init__(self) -> None:
        """Know no path yet."""
        self.answers: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.port = 0

    def at(self, path: str, content: bytes, status: str = "200 OK", **headers: str) -> str:
        """Answer a path from now on; return its address."""
        named = {"content-length": str(len(content)), **headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        self.answers[path] = f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + content
        return f"http://127.0.0.1:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            line = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[0]
            path = line.split(" ")[1]
            self.asked.append(path)
            if path in self.answers:
                writer.write(self.answers[path])
                await writer.drain()
            else:
                await reader.read()  # until the client has enough
        writer.close()


@asynccontextmanager
async def a_picture_server() -> AsyncIterator[PictureServer]:
    pictures = PictureServer()
    server = await asyncio.start_server(pictures.serve, "127.0.0.1", 0)
    pictures.port = server.sockets[0].getsockname()[1]
    async with server:
        yield pictures
