"""Deliveries: leased, tried outside of any transaction, and written down; and sent once more."""

import random
from datetime import datetime
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from trastienda.database.db import Session, transaction, use_case
from trastienda.database.models.webhook import Trouble
from trastienda.schemas.actor import Actor
from trastienda.schemas.event import EventView
from trastienda.schemas.terms import Terms
from trastienda.schemas.webhook import WebhookTest
from trastienda.schemas.webhook_delivery import (
    DeliveryDetail,
    DeliveryView,
    ReplayView,
    ReplayWanted,
)
from trastienda.services import (
    event_types,
    events,
    webhook_deliveries,
    webhook_health,
    webhook_log,
    webhook_retries,
    webhook_sending,
    webhooks,
)
from trastienda.services.webhook_deliveries import Trial
from trastienda.services.webhook_sending import Errand, Outcome


@use_case
async def lease(most: int, slow: int, now: datetime) -> list[Errand]:
    """Take at most so many deliveries that are due, `slow` of them to endpoints that struggle.

    Who dies over one loses nothing: half a minute later it is anybody's again.
    """
    async with transaction() as session:
        return await webhook_deliveries.lease(session, most, slow, now)


@use_case
async def record(errand: Errand, outcome: Outcome, now: datetime) -> None:
    """Write down what came of a try, and say when the next one is, if any."""
    async with transaction() as session:
        if outcome.trouble is None:
            await webhook_health.recover(session, errand.webhook_id, now)
            await webhook_deliveries.end(session, errand, now)
        else:
            await _fail(session, errand, outcome, now)
        await webhook_deliveries.log(session, errand, outcome)


async def _fail(session: Session, errand: Errand, outcome: Outcome, now: datetime) -> None:
    forgotten, gone = (
        outcome.trouble is Trouble.EVENT_FORGOTTEN,
        outcome.trouble is Trouble.GONE,
    )
    if not forgotten:  # that is no fault of the endpoint
        await _tell(session, errand, now, gone=gone)
    due = webhook_retries.next_at(errand.failures + 1, now, random.random(), outcome.wish)  # noqa: S311 - only jitter
    over = gone or forgotten or (due is None and not errand.probe)
    await webhook_deliveries.put_off(
        session, errand, None if errand.probe or over else due, now, over=over
    )


async def _tell(session: Session, errand: Errand, now: datetime, *, gone: bool) -> None:
    """Note a failure; if it is one too many, tell the owner."""
    state = await webhook_health.fail(session, errand.webhook_id, now, gone=gone)
    if state is not None:
        view = await webhooks.view(session, errand.webhook_id)
        told, what = webhooks.told(view), event_types.WEBHOOK_TROUBLES[state]
        await events.append(session, what, errand.webhook_id, told, Terms(now))


async def try_out(webhook_id: UUID, by: Actor, now: datetime) -> DeliveryDetail:
    """Send a test to an endpoint at once and return what came of it. Raise WebhookNotFound."""
    errand = await _begin(webhook_id, by, now)
    outcome = await webhook_sending.current().send(errand, now)
    return await _finish(errand, outcome, now)


@use_case
async def _begin(webhook_id: UUID, by: Actor, now: datetime) -> Errand:
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
    trial = Trial(webhook_id, id_, kind.name, msgspec.json.encode(body).decode())
    async with transaction() as session:
        return await webhook_deliveries.try_out(session, trial, now)


@use_case
async def _finish(errand: Errand, outcome: Outcome, now: datetime) -> DeliveryDetail:
    """Write down what came of a test: it is not repeated, and its failure means nothing."""
    async with transaction() as session:
        if outcome.trouble is None:
            await webhook_health.recover(session, errand.webhook_id, now)
            await webhook_deliveries.end(session, errand, now)
        else:
            await webhook_deliveries.put_off(session, errand, None, now, over=True)
        await webhook_deliveries.log(session, errand, outcome)
        return await webhook_log.detail(session, errand.webhook_id, errand.delivery_id)


@use_case
async def send_again(webhook_id: UUID, delivery_id: UUID, terms: Terms) -> DeliveryView:
    """Queue a delivery's event once more. Raise DeliveryNotFound."""
    async with transaction(terms.once) as session:
        view = await webhook_log.again(session, webhook_id, delivery_id, terms.asked_at)
        return await session.answer(view)


@use_case
async def replay(webhook_id: UUID, wanted: ReplayWanted, terms: Terms) -> ReplayView:
    """Queue events of the past. Raise WebhookNotFound, WebhookTypeUnknown or ReplayUnbounded."""
    async with transaction(terms.once) as session:
        view = await webhook_log.replay(session, webhook_id, wanted, terms.asked_at)
        return await session.answer(view)
