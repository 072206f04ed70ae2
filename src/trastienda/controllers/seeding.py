"""Filling a shop for load tests. Each step can be repeated; what is there stays as it is."""

from trastienda.database.db import reading, transaction, use_case, utcnow
from trastienda.database.models.text import Locale
from trastienda.schemas.terms import Terms
from trastienda.services import furnishing, listed_prices, sales
from trastienda.services.furnishing import Way
from trastienda.services.seeding import loading
from trastienda.services.seeding.goods import Lottery
from trastienda.services.seeding.rows import RATES

STANDARD = {Locale.ENGLISH: "Standard", Locale.SPANISH: "Estándar"}
POSTAGE = 5
"""Euros."""


@use_case
async def begin(lottery: Lottery) -> None:
    """Prepare the shop for the products of this seed. Raise SeedTaken."""
    async with transaction() as session:
        await furnishing.turn(session)
        terms = Terms(utcnow())
        if await furnishing.take(session, list(RATES)):
            await furnishing.tell_settings(session, terms)
        if not await furnishing.ships(session):
            prices = {currency: POSTAGE * rate for currency, rate in RATES.items()}
            await furnishing.ship(session, Way(STANDARD, prices), 0, terms)
        await loading.shelve(session, lottery, terms)


@use_case
async def add(lottery: Lottery, numbers: range) -> int:
    """Put the products of these numbers into the shop; return how many were not there yet.

    Raise SeedTaken when a slug or SKU of theirs belongs to another product.
    """
    async with transaction() as session:
        await furnishing.turn(session, numbers.start)
        await listed_prices.follow(session)
        goods = await loading.missing(session, [lottery.good(number) for number in numbers])
        if goods:
            terms, ids = Terms(utcnow()), [good.id for good in goods]
            await loading.store(session, goods, terms)
            await sales.renew(session, ids, terms.asked_at)
            await loading.tell(session, goods, terms)
    return len(goods)


async def finish() -> None:
    async with reading() as session:
        await loading.settle(session)
