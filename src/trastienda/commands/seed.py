import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from typer import Option

from trastienda import settings as environment
from trastienda.commands.connection import run
from trastienda.commands.failures import say
from trastienda.database.db import utcnow
from trastienda.demo import seeding
from trastienda.demo import shop as demonstration
from trastienda.demo.generated.products import ProductGenerator
from trastienda.demo.orders import loading as generated_orders
from trastienda.system.processes import stopped_by_signals

Advance = Callable[[int], None]
CHUNK = 1_000
"""Products, or orders, to a transaction."""
AT_ONCE = 2
"""While PostgreSQL works on one chunk, the next is made."""
MOST = 10_000_000


def seed(
    products: Annotated[int, Option(help="how many to have", min=0, max=MOST)] = 0,
    orders: Annotated[int, Option(help="how many to have", min=0, max=MOST)] = 0,
    seed: Annotated[int, Option(help="another number, another catalogue")] = 1,
    *,
    demo: Annotated[
        bool, Option("--demo", help="the demonstration shop, if there is nothing yet")
    ] = False,
) -> None:
    """Fill the shop with generated products, three variants each, and orders, for load tests.

    What is there stays as it is, and a run that was interrupted is completed by the next one. No
    event tells of generated orders, and nobody gets a mail.

    Example: `trastienda seed --products 10000 --orders 100000`
    """
    if not products and not orders and not demo:
        raise typer.BadParameter("say --products N, --orders N, --demo, or several of them")
    finished = False
    with stopped_by_signals():
        run(partial(_seed, products, orders, ProductGenerator(seed), demo=demo), migrated=True)
        finished = True
    if not finished:
        say("Stopped. The same command adds the rest.")
        raise typer.Exit(1)


async def _seed(products: int, orders: int, generator: ProductGenerator, *, demo: bool) -> None:
    if demo:
        await demonstration.load(environment.read().data, say)
    if products:
        await _generate("products", products, partial(fill, products, generator))
    if orders:
        await _generate("orders", orders, partial(fill_orders, orders, generator))


async def _generate(what: str, count: int, work: Callable[[Advance], Awaitable[int]]) -> None:
    console = Console(stderr=True)
    columns = TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    started = time.monotonic()
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        bar = progress.add_task("", total=count)
        added = await work(partial(progress.advance, bar))
    seconds = time.monotonic() - started
    if added:
        speed = f"{seconds:.1f} s, {added / seconds:,.0f} a second"
        say(f"{count:,} generated {what} are in the shop, {added:,} of them new ({speed}).")
    else:
        say(f"Nothing to add: all {count:,} generated {what} are in the shop.")


async def fill(
    products: int, generator: ProductGenerator, advance: Advance, chunk: int = CHUNK
) -> int:
    """Have this many products of the generator in the shop; return how many were new."""
    await seeding.prepare(generator)
    added = await _in_chunks(products, chunk, partial(seeding.add_products, generator), advance)
    if added:
        await seeding.finish()
    return added


async def fill_orders(
    orders: int, generator: ProductGenerator, advance: Advance, chunk: int = CHUNK
) -> int:
    """Have this many orders of the generator in the shop; return how many were new.

    Raise NothingToOrder.
    """
    wares, newest = await generated_orders.wares(), utcnow()

    async def add(numbers: range) -> int:
        return await generated_orders.add(generator, numbers, wares, newest, orders)

    added = await _in_chunks(orders, chunk, add, advance)
    if added:
        await generated_orders.settle()
    return added


async def _in_chunks(
    count: int, chunk: int, add: Callable[[range], Awaitable[int]], advance: Advance
) -> int:
    """Add so many, some chunks at once; return how many were new."""
    chunks = (range(start, min(start + chunk, count + 1)) for start in range(1, count + 1, chunk))
    added = 0

    async def work() -> None:
        nonlocal added
        for numbers in chunks:
            new = await add(numbers)
            added += new  # not in one line: that would read the sum before it waits
            advance(len(numbers))

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(work())
    except BaseExceptionGroup as several:
        raise several.exceptions[0] from several
    return added
