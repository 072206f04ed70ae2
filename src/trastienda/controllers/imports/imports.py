"""Importing products from a file: uploaded, checked, started, and done batch by batch."""

from datetime import datetime
from uuid import UUID

from trastienda.database.db import Session, reading, transaction, use_case, utcnow
from trastienda.database.models.imports.product_import import (
    ImportCancelReason,
    ImportState,
    ProductImport,
    RowOutcome,
)
from trastienda.errors import Conflict, Invalid, NotFound, ShopError
from trastienda.schemas.imports.product_import import ImportView, Sheet
from trastienda.schemas.shared.actor import SYSTEM, Actor, ActorKind
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import channels
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.imports import imports, planning, writing
from trastienda.services.imports.drafting import Problem
from trastienda.services.imports.imports import Batch
from trastienda.services.jobs import queue
from trastienda.services.jobs.queue import BULK, Job

REFUSED = (Conflict, Invalid, NotFound)
"""What is wrong with a product; after anything else, its batch is done again."""


@use_case
async def upload(sheet: Sheet, name: str, size: int, context: Context) -> ImportView:
    """Keep a file, of `size` bytes, and have it checked."""
    async with transaction(context.once) as session:
        record = ProductImport(
            name=name,
            bytes=size,
            columns=sheet.columns,
            ignored_columns=sheet.ignored_columns,
            rows=len(sheet.rows),
            created_at=context.asked_at,
            updated_at=context.asked_at,
            actor=context.by.type.value,
            actor_id=context.by.id,
        )
        await imports.add(session, record, sheet)
        await _queue(session, record)
        view = imports.view(record)
        return await events.record(session, event_types.IMPORT_CREATED, view, context)


@use_case
async def start(import_id: UUID, context: Context, *, may_count: bool) -> ImportView:
    """Let an import that was checked change products.

    Raise ImportNotFound, ImportChanged, ImportNotChecked or StockNotAllowed.
    """
    async with transaction(context.once) as session:
        record = await imports.claim(session, import_id, context.seen)
        imports.expect_countable(record.columns, may_count=may_count)
        record.launch(context.asked_at)
        record.actor, record.actor_id = context.by.type.value, context.by.id
        await imports.forget_outcomes(session, record)
        await imports.save(session, record)
        await _queue(session, record)
        view = imports.view(record)
        return await events.record(session, event_types.IMPORT_STARTED, view, context)


@use_case
async def cancel(import_id: UUID, context: Context) -> ImportView:
    """Let no further batch of an import begin; products that it has written stay.

    Raise ImportNotFound, ImportChanged or ImportEnded.
    """
    async with transaction(context.once) as session:
        record = await imports.claim(session, import_id, context.seen)
        record.call_off(ImportCancelReason.REQUESTED, context.asked_at)
        await imports.save(session, record)
        view = imports.view(record)
        return await events.record(session, event_types.IMPORT_CANCELLED, view, context)


async def advance(import_id: UUID, *, hand_on: bool) -> bool:
    """Do the next batch of an import; say whether there is more to do at once.

    With `hand_on`, another job is queued for the rest. A batch is one transaction with the note
    that it is done. The import is cancelled if whoever started it may no longer change what it
    changes. If one of the products cannot be saved, the first product is done alone, and left out
    if it is the one.
    """
    async with reading() as session:  # a job worker that has just started knows none
        await channels.refresh(session)
    try:
        return await _advance(import_id, imports.AT_ONCE, hand_on=hand_on)
    except REFUSED:
        pass
    try:
        return await _advance(import_id, 1, hand_on=hand_on)
    except REFUSED as error:
        return await _leave_out(import_id, error)


@use_case
async def _advance(import_id: UUID, most: int, *, hand_on: bool) -> bool:
    now = utcnow()
    async with transaction() as session:
        record = await imports.under_way(session, import_id)
        if record is None:
            return False
        rows = await imports.following(session, record, most)
        if not rows:
            await _end(session, record)
            return False
        running = record.state is ImportState.RUNNING
        if running and not await imports.may_go_on(session, record, now):
            await _end_for_lack_of_rights(session, record, now)
            return False
        plans = await planning.compared(session, rows, now, lock=running)
        outcomes = {number: it for plan in plans for number, it in plan.outcomes().items()}
        if running:
            await writing.write(session, plans, Context(now, by=_actor(record)))
        problems = [it for plan in plans for it in plan.drafted.problems]
        await imports.note(session, record, Batch(rows, outcomes, problems), now)
        if hand_on:
            await _queue(session, record)
        return not hand_on


@use_case
async def _leave_out(import_id: UUID, error: ShopError) -> bool:
    """Note that the next product cannot be saved, and why."""
    async with transaction() as session:
        record = await imports.under_way(session, import_id)
        if record is None:
            return False
        rows = await imports.following(session, record, 1)
        if rows:
            outcomes = dict.fromkeys((it.number for it in rows), RowOutcome.FAILED)
            problems = [Problem(rows[0].number, None, error)]
            await imports.note(session, record, Batch(rows, outcomes, problems), utcnow())
        return True


async def _end(session: Session, record: ProductImport) -> None:
    """Note that a pass is over."""
    now = utcnow()
    if record.state is ImportState.RUNNING:
        record.finish(now)
        type_ = event_types.IMPORT_FINISHED
    else:
        record.checked(now)
        type_ = event_types.IMPORT_CHECKED
    await session.orm.flush()
    await events.record(session, type_, imports.view(record), Context(now, by=SYSTEM))


async def _end_for_lack_of_rights(session: Session, record: ProductImport, now: datetime) -> None:
    record.call_off(ImportCancelReason.NOT_ALLOWED, now)
    await session.orm.flush()
    told = imports.view(record)
    await events.record(session, event_types.IMPORT_CANCELLED, told, Context(now, by=SYSTEM))


async def _queue(session: Session, record: ProductImport) -> None:
    await queue.defer(session, [Job(imports.TASK, record.id, str(record.id), BULK)])


def _actor(record: ProductImport) -> Actor:
    return Actor(ActorKind(record.actor), record.actor_id)
