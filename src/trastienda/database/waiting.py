"""Waiting for the server: as psycopg does, but without a timer for each wait."""

import asyncio
from collections.abc import Generator
from typing import Any

from psycopg.errors import InternalError, OperationalError
from psycopg.waiting import READY_R, READY_W, WAIT_R, WAIT_W

Waiting = Generator[Any, Any, Any]
"""A generator with which psycopg waits for the server."""


async def answered(waiting: Waiting, socket: int) -> Any:  # noqa: ANN401 - what the generator returns
    """Return what a generator returns once the server has answered. Raise OperationalError."""
    loop = asyncio.get_running_loop()
    try:
        wanted = next(waiting)
        while True:
            if not wanted & (WAIT_R | WAIT_W):
                raise InternalError(f"bad poll status: {wanted}")
            ready: asyncio.Future[int] = loop.create_future()
            try:
                if wanted & WAIT_R:
                    loop.add_reader(socket, _note, ready, READY_R)
                if wanted & WAIT_W:
                    loop.add_writer(socket, _note, ready, READY_W)
                state = await ready
            finally:
                if wanted & WAIT_R:
                    loop.remove_reader(socket)
                if wanted & WAIT_W:
                    loop.remove_writer(socket)
            wanted = waiting.send(state)
    except StopIteration as end:
        return end.value
    except OSError as error:
        raise OperationalError("connection socket closed") from error


def _note(ready: "asyncio.Future[int]", state: int) -> None:
    if not ready.done():
        ready.set_result(state)


class Interrupted:
    """A generator whose wait was interrupted: it says so first, and then goes on.

    psycopg's own `wait` then cancels the statement on the server, and hears its end.
    """

    def __init__(self, waiting: Waiting, interruption: BaseException) -> None:
        """Remember both."""
        self._waiting, self.send = waiting, waiting.send
        self._interruption: BaseException | None = interruption

    def __next__(self) -> Any:  # noqa: ANN401 - as theirs
        if (interruption := self._interruption) is not None:
            self._interruption = None
            raise interruption
        return next(self._waiting)
