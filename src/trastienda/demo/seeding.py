"""Filling a shop for load tests. Each step can be repeated and changes nothing that exists."""

from trastienda.database.db import reading, transaction, use_case, utcnow
from trastienda.database.models.shared.text import Locale
from trastienda.demo import basics
from trastienda.demo.basics import ShippingOptionDraft
from trastienda.demo.generated import loading
from trastienda.demo.generated.products import ProductGenerator
from trastienda.demo.generated.rows import RATES
from trastienda.schemas.shared.context import Context
from trastienda.services.prices import listed as listed_prices
from trastienda.services.prices import sales

STANDARD = {Locale.ENGLISH: "Standard", Locale.SPANISH: "Estándar"}
POSTAGE = 5
"""Euros."""


@use_case
async def prepare(generator: ProductGenerator) -> None:
    """Add the currencies, shipping option and categories that the seed's products need.

    Raise SeedTaken.
    """
    async with transaction() as session:
        await basics.lock_part(session)
        context = Context(utcnow())
        if await basics.add_currencies(session, list(RATES)):
            await basics.record_settings(session, context)
        if not await basics.has_shipping(session):
            prices = {currency: POSTAGE * rate for currency, rate in RATES.items()}
            await basics.add_shipping_option(
                session, ShippingOptionDraft(STANDARD, prices), 0, context
            )
        await loading.add_categories(session, generator, context)


@use_case
async def add_products(generator: ProductGenerator, numbers: range) -> int:
    """Add the products with these numbers; return how many of them are new.

    Raise SeedTaken if another product has one of their slugs or SKUs.
    """
    async with transaction() as session:
        await basics.lock_part(session, numbers.start)
        await listed_prices.lock_rules_shared(session)
        products = await loading.missing(session, [generator.product(number) for number in numbers])
        if products:
            context, ids = Context(utcnow()), [product.id for product in products]
            await loading.insert(session, products, context)
            await sales.refresh(session, ids, context.asked_at)
            await loading.record_events(session, products, context)
    return len(products)


async def finish() -> None:
    """Update the planner's statistics and the search index after all products are added."""
    async with reading() as session:
        await loading.update_statistics(session)
