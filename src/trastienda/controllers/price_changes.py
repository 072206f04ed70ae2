"""Prices that change because their time has come."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.services import listed_prices, sales

MOST = 20_000
"""Products that are looked up at once: to find them costs more than to switch some."""


@use_case
async def overdue(since: datetime | None, now: datetime) -> list[UUID] | None:
    """Return products that show another price than the one in force.

    Look at what began or ended after `since`, at everything without one. None: another node is
    at it.
    """
    async with transaction() as session:
        if not await listed_prices.turn(session):
            return None
        await listed_prices.plan_for_many(session)
        return await listed_prices.overdue(session, since, now, MOST)


@use_case
async def switch(products: Sequence[UUID], now: datetime) -> bool:
    """Show the prices in force of a few products; False while another node is at it."""
    async with transaction() as session:
        if not await listed_prices.turn(session):
            return False
        await sales.renew(session, products, now)
    return True
