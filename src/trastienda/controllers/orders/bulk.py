"""Many orders at once: each in a transaction of its own, so that none undoes what others got.

With an idempotency key each order is done once under a part of it, also when the request ends in
the middle; once all are done, the whole answer is kept under the key itself.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import NamedTuple
from uuid import UUID

from msgspec import structs

from trastienda.controllers.orders.fulfil import fulfil
from trastienda.database.db import reading, transaction, use_case
from trastienda.database.models.payments.payment import PaymentUnclear
from trastienda.errors import Conflict, Invalid, NotFound, ShopError
from trastienda.schemas.orders.fulfilment import FulfilmentDraft
from trastienda.schemas.orders.note import (
    BulkFulfilment,
    BulkProblem,
    BulkResult,
    BulkResults,
    BulkTags,
)
from trastienda.schemas.shared.context import Context
from trastienda.services.orders import annotations, orders
from trastienda.services.payments import Providers
from trastienda.services.shared.idempotency import KeyInUse, Replayed
from trastienda.titles import kind, title

Work = Callable[[UUID, Context], Awaitable[None]]


class Statuses(NamedTuple):
    """How an answer writes what came of one order, as if it had been asked alone."""

    done: int
    refused: Callable[[type[ShopError]], int]


async def fulfil_many(
    wanted: BulkFulfilment, providers: Providers, context: Context, statuses: Statuses
) -> BulkResults:
    """Send all that is left of each order. Raise KeyReused or KeyInUse."""

    async def work(order_id: UUID, of_order: Context) -> None:
        await fulfil(order_id, FulfilmentDraft(), providers, of_order)

    return await _each(wanted.orders, work, statuses, context)


async def tag_many(wanted: BulkTags, context: Context, statuses: Statuses) -> BulkResults:
    """Add tags to each order, and take others from it. Raise KeyReused or KeyInUse."""

    async def work(order_id: UUID, of_order: Context) -> None:
        await _tag(order_id, wanted, of_order)

    return await _each(wanted.orders, work, statuses, context)


async def _each(
    order_ids: Iterable[UUID], work: Work, statuses: Statuses, context: Context
) -> BulkResults:
    if context.once is not None:
        async with reading() as session:
            await context.once.recall(session)
    results = [await _one(it, work, statuses, context) for it in dict.fromkeys(order_ids)]
    return await _keep(BulkResults(results), context)


async def _one(order_id: UUID, work: Work, statuses: Statuses, context: Context) -> BulkResult:
    """Do it to one order; what is refused there is a result, and no refusal of the request."""
    once = context.once.part(str(order_id)) if context.once is not None else None
    try:
        await work(order_id, structs.replace(context, once=once, seen=None))
    except Replayed:
        return BulkResult(order_id, statuses.done)
    except KeyInUse:
        raise
    except (NotFound, Conflict, Invalid, PaymentUnclear) as refusal:
        problem = BulkProblem(kind(type(refusal)), title(type(refusal), context.locale))
        return BulkResult(order_id, statuses.refused(type(refusal)), problem)
    return BulkResult(order_id, statuses.done)


@use_case
async def _keep(results: BulkResults, context: Context) -> BulkResults:
    async with transaction(context.once) as session:
        return await session.answer(results)


@use_case
async def _tag(order_id: UUID, wanted: BulkTags, context: Context) -> None:
    async with transaction(context.once) as session:
        order = await orders.claim(session, order_id, None)
        gone = {annotations.normalised(tag) for tag in wanted.remove}
        tags = [
            tag for tag in [*order.tags, *wanted.add] if annotations.normalised(tag) not in gone
        ]
        await session.answer(await annotations.tag(session, order, tags, context))
