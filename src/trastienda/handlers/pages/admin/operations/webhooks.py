"""What staff do with a webhook beside changing it: its secret, a test, and sending again."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers.webhooks import deliveries, webhooks
from trastienda.database.db import reading, utcnow
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.kinds.outside import WEBHOOKS
from trastienda.handlers.pages.admin.records.fields import Field
from trastienda.handlers.pages.admin.records.reading import read
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.handlers.shared.process import held
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.shared.visitor import Visitor
from trastienda.schemas.webhooks.delivery import DeliveryView, ReplayView, ReplayWanted
from trastienda.services.webhooks import log

Page = Response[Any]
REPLAY = (
    Field("from", marked("From")),
    Field("to", marked("Until")),
    Field("after", marked("After the position")),
    Field("before", marked("Before the position")),
    Field("types", marked("Events")),
)


@post(status_code=200)
async def rotate_secret_by_form(
    request: AnyRequest, visitor: Asking, webhook_id: FromPath[UUID]
) -> Page:
    """Give a webhook a new secret, and show it this once."""
    try:
        made = await webhooks.rotate(webhook_id, forms.context(request, visitor))
    except forms.Refusal as error:
        return _not_done(request, visitor, webhook_id, error)
    return frames.shown(request, visitor, "records/secret.html", record=WEBHOOKS, made=made)


@post(status_code=200)
async def test_webhook_by_form(
    request: AnyRequest, visitor: Asking, webhook_id: FromPath[UUID]
) -> Page:
    """Send a test at once, and show what came of it."""
    try:
        sender = held(request).sender
        tried = await deliveries.send_test(webhook_id, sender, visitor.actor, utcnow())
    except forms.Refusal as error:
        return _not_done(request, visitor, webhook_id, error)
    return _delivery(request, visitor, tried)


@post(status_code=200)
async def replay_events_by_form(
    request: AnyRequest, visitor: Asking, webhook_id: FromPath[UUID]
) -> Page:
    """Send the events of a time or of a range of positions once more."""
    form = forms.sent(request)
    try:
        wanted = read(form, ReplayWanted, REPLAY, frames.room(request), changes=False)
        wanted.types = wanted.types or None
        context = forms.context(request, visitor, form)
        queued = await forms.once(deliveries.replay(webhook_id, wanted, context), ReplayView)
    except forms.Refusal as error:
        return _not_done(request, visitor, webhook_id, error)
    told = marked("%(count)s events are sent once more.")
    return frames.done(request, f"/admin/webhooks/{webhook_id}", told, count=queued.queued)


@get()
async def show_delivery(
    request: AnyRequest, visitor: Asking, webhook_id: FromPath[UUID], delivery_id: FromPath[UUID]
) -> Page:
    """Show a delivery with all its tries."""
    async with reading() as session:
        found = await log.detail(session, webhook_id, delivery_id)
    return _delivery(request, visitor, found)


@post(status_code=200)
async def send_again_by_form(
    request: AnyRequest, visitor: Asking, webhook_id: FromPath[UUID], delivery_id: FromPath[UUID]
) -> Page:
    """Send an event once more."""
    form = forms.sent(request)
    try:
        context = forms.context(request, visitor, form)
        await forms.once(deliveries.send_again(webhook_id, delivery_id, context), DeliveryView)
    except forms.Refusal as error:
        return _not_done(request, visitor, webhook_id, error)
    return frames.done(request, f"/admin/webhooks/{webhook_id}", marked("It is sent once more."))


def _delivery(request: AnyRequest, visitor: Visitor, it: Any) -> Page:  # noqa: ANN401 - its view
    return frames.shown(request, visitor, "operations/delivery.html", it=it)


def _not_done(request: AnyRequest, visitor: Visitor, webhook_id: UUID, error: Any) -> Page:  # noqa: ANN401
    form = frames.refused(request, Form(), error)
    back = f"/admin/webhooks/{webhook_id}"
    return frames.shown(request, visitor, "refused.html", form, back=back)
