import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from typer import Option

from trastienda import demonstration
from trastienda import settings as environment
from trastienda.commands.connection import run, say
from trastienda.controllers import seeding
from trastienda.processes import stopped_by_signals
from trastienda.services.seeding.goods import Lottery

CHUNK = 1_000
"""Products to a transaction."""
AT_ONCE = 2
"""While PostgreSQL works on one chunk, the next is made."""
MOST = 10_000_000


def seed(
    products: Annotated[int, Option(help="how many to have", min=0, max=MOST)] = 0,
    seed: Annotated[int, Option(help="another number, another catalogue")] = 1,
    *,
    demo: Annotated[
        bool, Option("--demo", help="the demonstration shop, if there is nothing yet")
    ] = False,
) -> None:
    """Fill the shop with generated products, three variants each, for load tests.

    What is there stays as it is, and a run that was interrupted is completed by the next one.

    Example: `trastienda seed --products 10000`
    """
    if not products and not demo:
        raise typer.BadParameter("say --products N, or --demo, or both")
    finished = False
    with stopped_by_signals():
        run(partial(_seed, products, Lottery(seed), demo=demo), migrated=True)
        finished = True
    if not finished:
        say("Stopped. The same command adds the rest.")
        raise typer.Exit(1)


async def _seed(products: int, lottery: Lottery, *, demo: bool) -> None:
    if demo:
        await demonstration.offer(environment.read().data, say)
    if products:
        await _generate(products, lottery)


async def _generate(products: int, lottery: Lottery) -> None:
    console = Console(stderr=True)
    columns = TextColumn("products"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    started = time.monotonic()
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        bar = progress.add_task("", total=products)
        added = await fill(products, lottery, partial(progress.advance, bar))
    seconds = time.monotonic() - started
    if added:
        speed = f"{seconds:.1f} s, {added / seconds:,.0f} a second"
        say(f"{products:,} generated products are in the shop, {added:,} of them new ({speed}).")
    else:
        say(f"Nothing to add: all {products:,} generated products are in the shop.")


async def fill(
    products: int, lottery: Lottery, advance: Callable[[int], None], chunk: int = CHUNK
) -> int:
    """Have this many products of the lottery in the shop; return how many were new."""
    chunks = (
        range(start, min(start + chunk, products + 1)) for start in range(1, products + 1, chunk)
    )
    added = 0

    async def work() -> None:
        nonlocal added
        for numbers in chunks:
            new = await seeding.add(lottery, numbers)
            added += new  # not in one line: that would read the sum before it waits
            advance(len(numbers))

    await seeding.begin(lottery)
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(work())
    except BaseExceptionGroup as several:
        raise several.exceptions[0] from several
    if added:
        await seeding.finish()
    return added
