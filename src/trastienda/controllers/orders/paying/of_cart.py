"""How the payment of a cart stands, for a buyer who comes back from a second step, or gives up."""

from contextlib import suppress

from trastienda.controllers.orders.operations import carry_out
from trastienda.controllers.orders.settle import resume
from trastienda.database.db import transaction, use_case
from trastienda.database.models.payments.payment import PaymentDeclined
from trastienda.errors import Unavailable
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.payments.payment import CartPayment
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.carts import carts
from trastienda.services.orders import orders
from trastienda.services.orders.access import with_token
from trastienda.services.payments import Providers, attempts, views
from trastienda.services.payments.settlement import operations


async def payment_of(
    visitor: Visitor, cart_id: str, providers: Providers, context: Context
) -> CartPayment:
    """Say how the newest payment of a cart stands; one that waits is read back first.

    Raise CartNotFound or PaymentNotFound.
    """
    attempt, view = await _noted(visitor, cart_id, context)
    if attempt.state not in views.WAITING or attempts.just_checked(attempt, context.asked_at):
        return view
    with suppress(PaymentDeclined, Unavailable):  # what is noted then says so
        await resume(attempt, providers, context)
    _, view = await _noted(visitor, cart_id, context)
    return view


async def cancel_payment(
    visitor: Visitor,
    cart_id: str,
    providers: Providers,
    context: Context,
    *,
    instead: str | None = None,
) -> CartPayment:
    """End the newest payment of a cart, if it waits, and say how it stands then.

    `instead` is the provider that the buyer is to pay by: then only a payment that waits for the
    buyer at another one is ended. What was paid before stays paid.

    Raise CartNotFound, PaymentNotFound, PaymentBusy while the provider is being asked, or
    Unavailable when its answer is not known: it is asked again later.
    """
    decided = await _given_up(visitor, cart_id, context, instead)
    if decided is not None:
        await carry_out(decided, providers, context)
    _, view = await _noted(visitor, cart_id, context)
    return view


@use_case
async def _given_up(
    visitor: Visitor, cart_id: str, context: Context, instead: str | None
) -> Attempt | None:
    async with transaction() as session:
        await carts.lock(session, visitor, cart_id)
        attempt = await attempts.of_cart(session, cart_id)
        if instead is not None and not views.waits_elsewhere(attempt, instead):
            return None
        return await operations.give_up(session, attempt, context.asked_at)


@use_case
async def _noted(visitor: Visitor, cart_id: str, context: Context) -> tuple[Attempt, CartPayment]:
    """Return what is noted of a payment, and note that it is looked at."""
    async with transaction() as session:
        await carts.lock(session, visitor, cart_id)
        attempt = await attempts.of_cart(session, cart_id)
        view = views.of_cart(attempt)
        if attempt.order_id is not None:
            order = await orders.of_cart(session, cart_id)
            view.order = with_token(order, order.placed_at)
        elif attempt.state in views.WAITING:
            await attempts.look_at(session, attempt, context.asked_at)
        return attempt, view
