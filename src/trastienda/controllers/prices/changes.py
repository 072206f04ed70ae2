"""Listed prices that change when a sale or a price list begins or ends."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.services.prices import listed, sales

MOST = 20_000
"""Most products returned by one search, which costs more than switching a batch of them."""


@use_case
async def overdue(since: datetime | None, now: datetime) -> list[UUID] | None:
    """Return the products that show another price than the one in force.

    Only sales and price lists that began or ended after `since` are considered; all of them if it
    is None. Return None while another node is doing this.
    """
    async with transaction() as session:
        if not await listed.take_clock_lock(session):
            return None
        await listed.plan_for_many(session)
        return await listed.overdue(session, since, now, MOST)


@use_case
async def switch(products: Sequence[UUID], now: datetime) -> bool:
    """Make these products show the prices in force; return False if another node is doing this."""
    async with transaction() as session:
        if not await listed.take_clock_lock(session):
            return False
        await sales.refresh(session, products, now)
    return True
