"""Sales and price lists begin and end by the clock, a second late at most."""

from datetime import datetime, timedelta
from uuid import UUID

from trastienda.controllers.prices import changes as price_changes
from trastienda.database.db import utcnow

OVERLAP = timedelta(minutes=1)
"""How far each search reaches back before the last one: clocks differ, and commits take time."""
BATCH = 200
"""Products locked at once. Buyers of their last units wait for these locks."""


class Switch:
    """Switches listed prices when sales and price lists begin and end; first, checks all prices."""

    def __init__(self) -> None:
        self._settled: datetime | None = None
        self._overdue: list[UUID] = []

    async def look(self) -> bool:
        """Switch the prices of one batch of products; return whether there may be more."""
        now = utcnow()
        if not self._overdue:
            since = self._settled and self._settled - OVERLAP
            products = await price_changes.overdue(since, now)
            if products == []:
                self._settled = now
            self._overdue = products or []
        if not self._overdue:
            return False
        batch, self._overdue = self._overdue[:BATCH], self._overdue[BATCH:]
        if not await price_changes.switch(batch, now):
            self._overdue = []  # another node does this now: search again a second later
            return False
        return True
