"""Rate limits for what takes storage or sends mail, counted in this process.

Buyers must not wait for another statement, so nothing is stored: each web worker counts by itself,
and a client that reaches them all has the sum of their limits.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from time import monotonic
from typing import NamedTuple

from litestar.handlers import BaseRouteHandler

from trastienda.errors import TooMany
from trastienda.middlewares.identity import client
from trastienda.middlewares.identity.access import Connection, asking

MOST_REMEMBERED = 100_000


class Rate(NamedTuple):
    """A burst, and then one more each time so many seconds have passed."""

    what: str
    burst: int
    seconds: float


CARTS = Rate("carts", burst=100, seconds=2.0)
CHECKOUTS = Rate("checkouts", burst=30, seconds=4.0)
UPLOADS = Rate("uploads", burst=200, seconds=2.0)


class Counter:
    """Remembers for each client when its full burst is available again (GCRA)."""

    def __init__(
        self, clock: Callable[[], float] = monotonic, most_remembered: int = MOST_REMEMBERED
    ) -> None:
        """Start empty; when it is full, the client that has been quiet for longest is dropped."""
        self._clock, self._most = clock, most_remembered
        self._full_at: OrderedDict[tuple[str, str], float] = OrderedDict()

    def wait(self, rate: Rate, client: str) -> float:
        """Count a request and return 0; or return the seconds to wait, without counting it."""
        now, key = self._clock(), (rate.what, client)
        full_at = max(self._full_at.pop(key, now), now)
        wait = full_at - now - (rate.burst - 1) * rate.seconds
        self._full_at[key] = full_at if wait > 0 else full_at + rate.seconds
        if len(self._full_at) > self._most:
            self._full_at.popitem(last=False)
        return max(wait, 0.0)


@dataclass(frozen=True)
class Limited:
    """A guard that limits the rate of each client.

    Requests with a key are not counted: a front-end's server sends those of all its buyers.
    """

    rate: Rate

    async def __call__(self, connection: Connection, _: BaseRouteHandler) -> None:
        """Raise TooOften."""
        state = connection.app.state
        if state.counter is None or (await asking(connection)).key_id is not None:
            return
        counted = client.address(connection.scope, behind_proxy=state.behind_proxy)
        if wait := state.counter.wait(self.rate, counted):
            raise TooOften(retry_after=ceil(wait))


limited = Limited


class TooOften(TooMany):
    """This was asked for very often from your network; wait a little."""
