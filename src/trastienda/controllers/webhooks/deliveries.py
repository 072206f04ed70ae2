"""Deliveries: leased, sent outside of any transaction, recorded, and sent again on demand."""

import random
from datetime import datetime
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from trastienda.database.db import Session, transaction, use_case
from trastienda.database.models.webhooks.webhook import Trouble
from trastienda.schemas.events.event import EventView
from trastienda.schemas.shared.actor import Actor
from trastienda.schemas.shared.context import Context
from trastienda.schemas.webhooks.delivery import (
    DeliveryDetail,
    DeliveryView,
    ReplayView,
    ReplayWanted,
)
from trastienda.schemas.webhooks.webhook import WebhookTest
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.webhooks import deliveries as webhook_deliveries
from trastienda.services.webhooks import health, log, retries, webhooks
from trastienda.services.webhooks.deliveries import TestDelivery
from trastienda.services.webhooks.sending import LeasedDelivery, Outcome, Sender


@use_case
async def lease(most: int, slow: int, now: datetime) -> list[LeasedDelivery]:
    """Lease at most `most` due deliveries, `slow` of them to endpoints that have been failing.

    If the process dies while it sends one, the lease runs out after 30 seconds, and any worker may
    take it.
    """
    async with transaction() as session:
        return await webhook_deliveries.lease(session, most, slow, now)


@use_case
async def record(delivery: LeasedDelivery, outcome: Outcome, now: datetime) -> None:
    """Record an attempt, and schedule the next one if it failed and another is due."""
    async with transaction() as session:
        if outcome.failure is None:
            await health.record_success(session, delivery.webhook_id, now)
            await webhook_deliveries.complete(session, delivery, now)
        else:
            await _record_failure(session, delivery, outcome, now)
        await webhook_deliveries.record_attempt(session, delivery, outcome)


async def _record_failure(
    session: Session, delivery: LeasedDelivery, outcome: Outcome, now: datetime
) -> None:
    forgotten, gone = (
        outcome.failure is Trouble.EVENT_FORGOTTEN,
        outcome.failure is Trouble.GONE,
    )
    if not forgotten:  # the endpoint is not to blame
        await _count_failure(session, delivery, now, gone=gone)
    due = retries.next_at(delivery.failures + 1, now, random.random(), outcome.retry_after)  # noqa: S311 - only jitter
    over = gone or forgotten or (due is None and not delivery.probe)
    await webhook_deliveries.postpone(
        session, delivery, None if delivery.probe or over else due, now, over=over
    )


async def _count_failure(
    session: Session, delivery: LeasedDelivery, now: datetime, *, gone: bool
) -> None:
    """Count a failure; if the endpoint now rests or is disabled, record an event for its owner."""
    state = await health.record_failure(session, delivery.webhook_id, now, gone=gone)
    if state is not None:
        view = await webhooks.view(session, delivery.webhook_id)
        view_for_event, event_type = webhooks.redacted(view), event_types.WEBHOOK_TROUBLES[state]
        await events.append(session, event_type, delivery.webhook_id, view_for_event, Context(now))


async def send_test(webhook_id: UUID, sender: Sender, by: Actor, now: datetime) -> DeliveryDetail:
    """Send a test event to an endpoint at once; return its delivery. Raise WebhookNotFound."""
    delivery = await _begin(webhook_id, by, now)
    outcome = await sender.send(delivery, now)
    return await _finish(delivery, outcome, now)


@use_case
async def _begin(webhook_id: UUID, by: Actor, now: datetime) -> LeasedDelivery:
    kind, id_ = event_types.WEBHOOK_TEST, uuid7()
    body = EventView(
        id=id_,
        type=kind.name,
        timestamp=now,
        position=0,
        aggregate="webhook",
        aggregate_id=webhook_id,
        sequence=0,
        schema_version=kind.version,
        actor=by,
        data=msgspec.to_builtins(WebhookTest(webhook_id)),
    )
    test = TestDelivery(webhook_id, id_, kind.name, msgspec.json.encode(body).decode())
    async with transaction() as session:
        return await webhook_deliveries.lease_test(session, test, now)


@use_case
async def _finish(delivery: LeasedDelivery, outcome: Outcome, now: datetime) -> DeliveryDetail:
    """Record the outcome of a test, which is not repeated and does not count as a failure."""
    async with transaction() as session:
        if outcome.failure is None:
            await health.record_success(session, delivery.webhook_id, now)
            await webhook_deliveries.complete(session, delivery, now)
        else:
            await webhook_deliveries.postpone(session, delivery, None, now, over=True)
        await webhook_deliveries.record_attempt(session, delivery, outcome)
        return await log.detail(session, delivery.webhook_id, delivery.delivery_id)


@use_case
async def send_again(webhook_id: UUID, delivery_id: UUID, context: Context) -> DeliveryView:
    """Queue the event of a delivery once more. Raise DeliveryNotFound."""
    async with transaction(context.once) as session:
        view = await log.queue_again(session, webhook_id, delivery_id, context.asked_at)
        return await session.answer(view)


@use_case
async def replay(webhook_id: UUID, wanted: ReplayWanted, context: Context) -> ReplayView:
    """Queue past events again. Raise WebhookNotFound, WebhookTypeUnknown or ReplayUnbounded."""
    async with transaction(context.once) as session:
        view = await log.replay(session, webhook_id, wanted, context.asked_at)
        return await session.answer(view)
