"""Sales and price lists begin and end by the clock, a second late at most."""

from datetime import datetime, timedelta

from trastienda.controllers import price_changes
from trastienda.database.db import utcnow

AGAIN = timedelta(minutes=1)
"""How far back each look reaches: clocks differ, and a change may commit after its time."""


class Switch:
    """Remembers until when all is as it should be; the first look is at everything."""

    def __init__(self) -> None:
        self._settled: datetime | None = None

    async def look(self) -> bool:
        """Switch one batch; say whether there may be more."""
        now = utcnow()
        since = self._settled and self._settled - AGAIN
        found = await price_changes.switch(since, now)
        if found == 0:
            self._settled = now
        return bool(found)
