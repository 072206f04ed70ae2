"""Prices that change because their time has come."""

from datetime import datetime

from trastienda.database.db import transaction, use_case
from trastienda.services import listed_prices, sales

BATCH = 2_000
"""Products."""


@use_case
async def switch(since: datetime | None, now: datetime) -> int | None:
    """Show the prices in force where others are shown; return for how many products, a batch.

    Look at what began or ended after `since`, at everything without one. None: another node is
    at it.
    """
    async with transaction() as session:
        if not await listed_prices.turn(session):
            return None
        await listed_prices.plan_for_many(session)
        products = await listed_prices.overdue(session, since, now, BATCH)
        await sales.renew(session, products, now)
    return len(products)
