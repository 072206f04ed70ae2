"""A stand-in's answers as they come over a wire: unread, and in pieces."""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx

PIECE = 16_384


class Wire(httpx.AsyncBaseTransport):
    """Carries requests to a function, and its answers back."""

    def __init__(self, answer: Callable[[httpx.Request], Awaitable[httpx.Response]]) -> None:
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
