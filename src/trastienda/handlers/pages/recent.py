"""What was worked out a moment ago, and may be shown again: it costs more than the page itself."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")
SECONDS = 10.0
MOST = 512


class Recent(Generic[T]):
    """Keeps at most `MOST` results for `SECONDS`, the oldest going first."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Start empty."""
        self._clock = clock
        self._known: OrderedDict[Hashable, tuple[float, T]] = OrderedDict()

    async def get(self, key: Hashable, work: Callable[[], Awaitable[T]]) -> T:
        """Return what is kept under a key, or do the work. Failures are not kept."""
        at, found = self._known.get(key, (None, None))
        if at is not None and found is not None and self._clock() - at < SECONDS:
            return found
        made = await work()
        self._known.pop(key, None)
        self._known[key] = (self._clock(), made)
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return made
