"""Sales and price lists begin and end by the clock, a second late at most."""

from datetime import datetime, timedelta
from uuid import UUID

from trastienda.controllers import price_changes
from trastienda.database.db import utcnow

AGAIN = timedelta(minutes=1)
"""How far back each look reaches: clocks differ, and a change may commit after its time."""
BATCH = 200
"""Products that are locked at once: buyers of their last units wait for them."""


class Switch:
    """Remembers until when all is as it should be; the first look is at everything."""

    def __init__(self) -> None:
        self._settled: datetime | None = None
        self._waiting: list[UUID] = []

    async def look(self) -> bool:
        """Switch one batch; say whether there may be more."""
        now = utcnow()
        if not self._waiting:
            since = self._settled and self._settled - AGAIN
            found = await price_changes.overdue(since, now)
            if found == []:
                self._settled = now
            self._waiting = found or []
        if not self._waiting:
            return False
        batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
        if not await price_changes.switch(batch, now):
            self._waiting = []  # another node is at it: we look anew a second later
            return False
        return True
