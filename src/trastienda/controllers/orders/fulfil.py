from uuid import UUID

from msgspec import structs

from trastienda.controllers.orders.capture import capture_held
from trastienda.database.db import transaction, use_case
from trastienda.database.models.channels.channel import CaptureMode, InvoiceMoment
from trastienda.database.models.orders.order import FulfilmentStatus, PaymentStatus
from trastienda.schemas.orders.fulfilment import FulfilmentDraft
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import channels
from trastienda.services.events import types as event_types
from trastienda.services.invoices import moments
from trastienda.services.orders import fulfilment_events, fulfilments, orders
from trastienda.services.payments import Providers
from trastienda.services.stock import stock

SENT = event_types.ORDER_FULFILLED, event_types.FULFILMENT_CREATED
READY = (
    event_types.ORDER_FULFILMENT_CHANGED,
    event_types.FULFILMENT_CREATED,
    event_types.FULFILMENT_READY,
)


class _NotCaptured(Exception):
    """What is sent is paid first: the money of the order is only held yet."""


async def fulfil(
    order_id: UUID, draft: FulfilmentDraft, providers: Providers, context: Context
) -> OrderView:
    """Make a parcel of what the draft names, or of all that is left.

    It is sent, and leaves the stock now; or it waits for the buyer to pick it up, and leaves then.
    In the capture mode `fulfilment`, what is held for the order is captured before the first of it
    is sent. Raise CaptureRefused, PaymentBusy or Unavailable if it cannot be: then nothing is sent.
    """
    try:
        return await _fulfil(order_id, draft, context)
    except _NotCaptured:
        await capture_held(order_id, providers, context)
    return await _fulfil(order_id, draft, structs.replace(context, seen=None))


@use_case
async def _fulfil(order_id: UUID, draft: FulfilmentDraft, context: Context) -> OrderView:
    async with transaction(context.once) as session:
        order = await orders.claim(session, order_id, context.seen)
        held = order.payment_status is PaymentStatus.AUTHORISED
        parcel = await fulfilments.pack(session, order, draft, context)
        if draft.pickup:
            order.set_aside()
        else:
            order.fulfil()
        if held and channels.current().capture is CaptureMode.FULFILMENT:
            raise _NotCaptured  # all of this is undone, and done again once it is paid
        await session.orm.flush()
        if not draft.pickup:
            await stock.hand_over(session, order.id, parcel.id, context)
        told = READY if draft.pickup else SENT
        view, _ = await fulfilment_events.tell(session, told, parcel.id, order, context)
        if order.fulfilment_status is FulfilmentStatus.FULFILLED:
            await moments.came(session, order.id, InvoiceMoment.FULFILLED)
        return await session.answer(view)
