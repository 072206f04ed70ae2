"""A shop, as one visitor or one program sees it: `Shop`, and `AsyncShop` for asyncio and trio."""

import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from ssl import SSLContext
from typing import Any, Protocol, Self, TypedDict, TypeVar, Unpack

import anyio
import httpx

from trastienda_client.calls import Call
from trastienda_client.conversations import Answer, Pause, Talker

T = TypeVar("T")
Item_co = TypeVar("Item_co", covariant=True)
Item = TypeVar("Item")


class Page(Protocol[Item_co]):
    """A list of which one page is read at a time."""

    @property
    def items(self) -> Sequence[Item_co]: ...

    @property
    def next_cursor(self) -> str | None: ...


class Options(TypedDict, total=False):
    """Settings of a shop that have a default."""

    locale: str
    """The language of names and messages, such as `es`."""
    tries: int
    """The most times that a repeatable call is sent; 5 by default."""
    timeout: float
    """The seconds that one step of a try may take; 30 by default."""
    first_pause: float
    """The seconds before the second try, doubled with each further one; 0.5 by default."""
    longest_pause: float
    """The seconds that the client waits before another try at most; 30 by default."""
    verify: SSLContext | bool
    """Whom to trust; by default the authorities of the system."""
    transport: Any
    """What sends the requests, one of httpx's transports."""


class Shop:
    """A shop to which one thread talks at a time.

    With an API key it is a program; without one, a visitor: cookies are kept, so that logging in
    works, and the CSRF token is sent.
    """

    def __init__(self, url: str, *, key: str | None = None, **options: Unpack[Options]) -> None:
        self._client = httpx.Client(**_settings(url, options))
        self._talker = _talker(self._client, key, options)

    def send(self, call: Call[T], *, idempotency_key: str | None = None) -> T:
        """Make a call, and return what it answers with.

        A call that can be repeated is, with one Idempotency-Key for all tries, when there was no
        answer or the shop asks to come back. Raise `Refusal` or `NoAnswer`. `idempotency_key`
        names an action that outlives this call, such as that of a program that is started again.
        """
        talk = self._talker.conversation(call, idempotency_key)
        answer: Answer = None
        while True:
            try:
                step = talk.send(answer)
            except StopIteration as done:
                return done.value  # type: ignore[no-any-return]
            answer = self._done(step)

    def each(self, call: Call[Page[Item]]) -> Iterator[Item]:
        """Read a list to its end, page by page, and yield each of its items."""
        page = self.send(call)
        yield from page.items
        while page.next_cursor is not None:
            page = self.send(_continued(call, page.next_cursor))
            yield from page.items

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _done(self, step: httpx.Request | Pause) -> Answer:
        if isinstance(step, Pause):
            time.sleep(step.seconds)
            return None
        try:
            return self._client.send(step)
        except httpx.TransportError as error:
            return error


class AsyncShop:
    """A shop to which many tasks may talk at once; otherwise like `Shop`."""

    def __init__(self, url: str, *, key: str | None = None, **options: Unpack[Options]) -> None:
        self._client = httpx.AsyncClient(**_settings(url, options))
        self._talker = _talker(self._client, key, options)

    async def send(self, call: Call[T], *, idempotency_key: str | None = None) -> T:
        """Make a call, as `Shop.send` does."""
        talk = self._talker.conversation(call, idempotency_key)
        answer: Answer = None
        while True:
            try:
                step = talk.send(answer)
            except StopIteration as done:
                return done.value  # type: ignore[no-any-return]
            answer = await self._done(step)

    async def each(self, call: Call[Page[Item]]) -> AsyncIterator[Item]:
        """Read a list to its end, page by page, and yield each of its items."""
        waiting: Call[Page[Item]] | None = call
        while waiting is not None:
            page = await self.send(waiting)
            for item in page.items:
                yield item
            cursor = page.next_cursor
            waiting = None if cursor is None else _continued(call, cursor)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def _done(self, step: httpx.Request | Pause) -> Answer:
        if isinstance(step, Pause):
            await anyio.sleep(step.seconds)
            return None
        try:
            return await self._client.send(step)
        except httpx.TransportError as error:
            return error


def _settings(url: str, options: Options) -> dict[str, Any]:
    settings: dict[str, Any] = {"base_url": url, "timeout": options.get("timeout", 30.0)}
    if "locale" in options:
        settings["headers"] = {"Accept-Language": options["locale"]}
    settings |= {name: options[name] for name in ("verify", "transport") if name in options}
    return settings


def _talker(client: httpx.Client | httpx.AsyncClient, key: str | None, options: Options) -> Talker:
    return Talker(
        client,
        key,
        tries=options.get("tries", 5),
        first_pause=options.get("first_pause", 0.5),
        longest_pause=options.get("longest_pause", 30.0),
    )


def _continued(call: Call[T], cursor: str) -> Call[T]:
    return replace(call, query={**call.query, "cursor": cursor})
