"""What a change of all prices costs: rates, sales and price lists of a whole catalogue.

    .venv/bin/python bench/prices.py --products 10000

Starts an embedded PostgreSQL of its own with `fsync` on, seeds it, and times each request without
HTTP. Meanwhile two buyers, one after the other, order what there is enough of; a third buys the
last unit of a product once in each change, half a second after it began.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Awaitable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
from machine import facts

from trastienda.commands.seed import fill
from trastienda.controllers import carts, orders
from trastienda.controllers.prices import exchange_rates
from trastienda.controllers.prices import lists as price_lists
from trastienda.controllers.promotions import promotions
from trastienda.database import migrations
from trastienda.database.db import Database, reading, utcnow
from trastienda.database.models.promotions.promotion import PromotionKind, Trigger
from trastienda.demo.generated.products import SIZES, ProductGenerator
from trastienda.jobs.prices import Switch
from trastienda.postgres import embedded
from trastienda.process import opened
from trastienda.schemas.carts.cart import CartDraft, Contact, LineDraft
from trastienda.schemas.orders.order import Checkout, PaymentChoice
from trastienda.schemas.prices.exchange_rate import ExchangeRateDraft
from trastienda.schemas.prices.list import (
    ListedPrice,
    ListedPricesDraft,
    PriceListDraft,
    PriceListPatch,
)
from trastienda.schemas.promotions.promotion import PromotionDraft, PromotionPatch
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import ANYONE
from trastienda.services.channels import channels
from trastienda.settings import Settings

POUNDS, SHARE = "GBP", 1_000
"""Entries of a price list that one request takes."""
ADDRESS = Address(
    name="Ada Lovelace", line1="Calle Mayor 1", city="Madrid", postal_code="28013", country="ES"
)
LAST_UNIT = """
    UPDATE stock SET on_hand = reserved + 1 FROM variants
    WHERE variants.id = stock.variant_id AND variants.sku = %s
"""
BEGIN_NOW = """
    WITH sales AS (UPDATE promotions SET starts_at = now())
    UPDATE price_periods SET starts_at = now()
"""
SHIPPING = "SELECT id FROM shipping_options LIMIT 1"


class Shop:
    """Times changes, and what buyers wait meanwhile."""

    def __init__(self, url: str, products: int, shipping: UUID) -> None:
        self.url, self._products, self._shipping = url, products, shipping
        self._last: Iterator[int] = iter(range(1, products))

    async def timed(self, name: str, change: Awaitable[object]) -> None:
        done = asyncio.Event()
        crowd = asyncio.create_task(self._crowd(done))
        last = asyncio.create_task(self._last_unit())
        began = time.perf_counter()
        await change
        took = time.perf_counter() - began
        done.set()
        added, ordered = await crowd
        print(
            f"| {name} | {took:.2f} | {added * 1e3:,.0f} | {ordered * 1e3:,.0f}"
            f" | {await last * 1e3:,.0f} |",
            flush=True,
        )

    async def _crowd(self, done: asyncio.Event) -> tuple[float, float]:
        """Order until it is done; return the slowest addition and the slowest checkout."""
        slowest, number = (0.0, 0.0), 0
        while not done.is_set():
            number = number % self._products + 1
            took = await self._order(f"SEED-{number}-{SIZES[2]}")
            slowest = max(slowest[0], took[0]), max(slowest[1], took[1])
            await asyncio.sleep(0.01)
        return slowest

    async def _last_unit(self) -> float:
        await asyncio.sleep(0.5)
        sku = f"SEED-{self._products - next(self._last)}-{SIZES[0]}"
        async with await psycopg.AsyncConnection.connect(self.url, autocommit=True) as connection:
            await connection.execute(LAST_UNIT, [sku])
        return (await self._order(sku))[1]

    async def _order(self, sku: str) -> tuple[float, float]:
        """Buy one; return the seconds that opening a cart with it took, and its checkout."""
        began = time.perf_counter()
        cart = await carts.open_(ANYONE, CartDraft(lines=[LineDraft(sku, 1)]), Context(utcnow()))
        added = time.perf_counter() - began
        contact = Contact("ada@example.com", ADDRESS, shipping_option=self._shipping)
        await carts.set_contact(ANYONE, cart.id, contact, Context(utcnow()))
        began = time.perf_counter()
        await orders.place(
            ANYONE, cart.id, Checkout(PaymentChoice("manual")), {}, Context(utcnow())
        )
        return added, time.perf_counter() - began


async def measure(url: str, products: int) -> None:
    async with opened(Settings(database_url=url, secret="x" * 32), Database(url, 8)):
        began = time.perf_counter()
        await fill(products, ProductGenerator(1), lambda _: None)
        print(f"seed: {products / (time.perf_counter() - began):,.0f} products a second\n")
        async with reading() as session:
            await channels.refresh(session)
        with psycopg.connect(url) as connection:
            row = connection.execute(SHIPPING).fetchone()
            assert row is not None  # noqa: S101 - the seed makes one
        shop = Shop(url, products, row[0])
        print("| seconds; then ms: slowest addition, checkout, checkout of a last unit | | | | |")
        print("|---|--:|--:|--:|--:|")
        await rates(shop)
        await sales(shop)
        await lists(shop, products)


async def rates(shop: Shop) -> None:
    for name, rate in (("set", "0.86"), ("changed", "0.89"), ("set to what it was", "0.89")):
        draft = ExchangeRateDraft(base_currency="EUR", rate=rate, ending="99")
        await shop.timed(f"a rate, {name}", exchange_rates.put(POUNDS, draft, Context(utcnow())))
    await shop.timed("a rate, deleted", exchange_rates.remove(POUNDS, Context(utcnow())))


async def sales(shop: Shop) -> None:
    facts = {"name": "All", "kind": PromotionKind.ITEM_PERCENT, "trigger": Trigger.CATALOGUE}
    draft = PromotionDraft(**facts, percent="20")
    sale = await promotions.create(draft, Context(utcnow()))
    for name, patch in (
        ("on", PromotionPatch(active=True)),
        ("of another percentage", PromotionPatch(percent="30")),
        ("off", PromotionPatch(active=False)),
        ("planned for later", PromotionPatch(active=True, starts_at=utcnow() + timedelta(days=1))),
    ):
        change = promotions.change(sale.id, patch, Context(utcnow()))
        await shop.timed(f"a sale of everything, {name}", change)
    await shop.timed("a sale of everything, deleted", promotions.remove(sale.id, Context(utcnow())))
    switch, soon = Switch(), utcnow() + timedelta(minutes=30)
    await switch.look()
    later = PromotionDraft(**facts, percent="20", active=True, starts_at=soon)
    sale = await promotions.create(later, Context(utcnow()))
    with psycopg.connect(shop.url, autocommit=True) as connection:
        connection.execute(BEGIN_NOW)
    await shop.timed("a sale of everything, begun by the clock", _until_done(switch))
    await promotions.remove(sale.id, Context(utcnow()))


async def _until_done(switch: Switch) -> None:
    while await switch.look():
        pass


async def lists(shop: Shop, products: int) -> None:
    context = Context(utcnow())
    made = await price_lists.create(
        PriceListDraft(name="All", currency="EUR", active=False), context
    )
    prices = [
        ListedPrice(f"SEED-{number}-{size}", 700 + number % 900)
        for number in range(1, products + 1)
        for size in SIZES
    ]

    async def fill_in() -> None:
        for start in range(0, len(prices), SHARE):
            draft = ListedPricesDraft(prices[start : start + SHARE])
            await price_lists.set_prices(made.id, draft, Context(utcnow()))

    entries = f"{len(prices):,} entries"
    await shop.timed(f"a price list, {entries} in requests of {SHARE:,}", fill_in())
    for name, active in (("on", True), ("off", False), ("on again", True)):
        change = price_lists.change(made.id, PriceListPatch(active=active), Context(utcnow()))
        await shop.timed(f"a price list of {entries}, {name}", change)
    removed = price_lists.remove(made.id, Context(utcnow()))
    await shop.timed(f"a price list of {entries}, deleted", removed)


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--products", type=int, default=10_000)
    wanted.add_argument("--programs", type=Path, help="folder of another PostgreSQL's initdb")
    given = wanted.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-prices-") as folder:
        Path(folder).chmod(0o711)
        data = Path(folder) / "data"
        data.mkdir(0o711)
        with embedded.running(data, programs=given.programs) as server:
            migrations.upgrade(server.url)
            print("; ".join(f"{name}: {said}" for name, said in facts().items()))
            asyncio.run(measure(server.url, given.products))


if __name__ == "__main__":
    main()
