"""An order that is there already is paid: what is owed is written down, asked for, and settled.

One payment of an order is under way at a time: whoever comes second is answered with that one.
"""

from contextlib import suppress

from uuid_utils.compat import uuid7

from trastienda.controllers.orders.operations import carry_out
from trastienda.controllers.orders.settle import resume, settle
from trastienda.database.db import transaction, use_case
from trastienda.database.models.carts.cart import TotalChanged
from trastienda.database.models.payments.payment import (
    PaymentDeclined,
    PaymentNotFound,
)
from trastienda.errors import Unavailable
from trastienda.schemas.orders.order import OrderView, Placed
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.payments.payment import (
    CheckoutPending,
    OrderPaymentDraft,
    OrderPaymentStatus,
)
from trastienda.schemas.shared.context import Context
from trastienda.services import payments
from trastienda.services.orders import books, orders
from trastienda.services.orders.orders import Reader
from trastienda.services.payments import Providers, attempts, capturing, views
from trastienda.services.payments.providers import offers
from trastienda.services.payments.providers.offers import Payable
from trastienda.services.payments.settlement import of_orders, operations


async def pay(
    reader: Reader, wanted: OrderPaymentDraft, providers: Providers, context: Context
) -> OrderView | CheckoutPending:
    """Pay what is still owed of an order, whoever holds its token or owns it.

    While a payment waits for its buyer or its provider, that one is looked at again, unless the
    buyer is to pay by another provider instead: then it is ended first. Raise OrderNotFound,
    OrderClosed, OrderAlreadyPaid, TotalChanged, PaymentBusy, PaymentDeclined, ProviderUnknown,
    ProviderNotOffered, TokenUnusable, ReturnUrlMissing, or Unavailable when the answer is not
    known.
    """
    choice = wanted.payment
    if choice.provider in payments.PAY_LATER:
        raise payments.ProviderUnknown(known=sorted(providers.taking()))
    payments.named(providers, choice.provider).check(choice.token, choice.return_url)
    attempt = await begin(reader, wanted, providers, context)
    if views.waits_elsewhere(attempt, choice.provider):
        await cancel_payment_of_order(reader, providers, context)
        attempt = await begin(reader, wanted, providers, context)
    if attempt.created_at is None:
        paid = await settle(attempt, providers, context)
    elif attempts.just_checked(attempt, context.asked_at):
        return CheckoutPending(views.payment(attempt))
    else:
        paid = await resume(attempt, providers, context)
    return paid.order if isinstance(paid, Placed) else paid


@use_case
async def begin(
    reader: Reader, wanted: OrderPaymentDraft, providers: Providers, context: Context
) -> Attempt:
    """Write down what will be paid, before the provider is asked.

    Return the payment that is under way, if there is one: that has a `created_at`.
    """
    async with transaction() as session:
        await orders.readable(session, reader, context.asked_at)
        if context.once:
            await context.once.recall(session)
        order = await orders.claim(session, reader.order_id, context.seen)
        await books.catch_up(session, order, context.asked_at)
        if before := await of_orders.under_way(session, order.id, context.asked_at):
            return before
        if context.once:
            await of_orders.recall(session, order.id, context.once)
        amount = await of_orders.owed(session, order)
        if wanted.expected_amount not in {None, amount}:
            raise TotalChanged(total=amount, expected_total=wanted.expected_amount)
        country = order.billing_address.get("country")
        what = Payable(amount, order.currency, country, to_staff=reader.to_staff)
        row = offers.expect(providers, wanted.payment.provider, what)
        attempt = Attempt(
            id=uuid7(),
            provider=wanted.payment.provider,
            token=wanted.payment.token,
            amount=amount,
            currency=order.currency,
            order_id=order.id,
            capture_at_once=capturing.at_once(gift_cards_alone=order.shipping_option is None),
            return_url=wanted.payment.return_url,
            email=order.email,
            locale=order.locale,
            provider_id=row,
        )
        await of_orders.start(session, attempt, context.once, context.asked_at)
        return attempt


async def payment_of_order(
    reader: Reader, providers: Providers, context: Context
) -> OrderPaymentStatus:
    """Say how the newest payment of an order stands; one that waits is read back first.

    Raise OrderNotFound or PaymentNotFound.
    """
    attempt, view = await _noted(reader, context)
    if attempt.state not in views.WAITING or attempts.just_checked(attempt, context.asked_at):
        return view
    with suppress(PaymentDeclined, Unavailable):  # what is noted then says so
        await resume(attempt, providers, context)
    _, view = await _noted(reader, context)
    return view


async def cancel_payment_of_order(
    reader: Reader, providers: Providers, context: Context
) -> OrderPaymentStatus:
    """End the newest payment of an order, if it waits, and say how it stands then.

    What was paid before stays paid. Raise OrderNotFound, PaymentNotFound, PaymentBusy while the
    provider is being asked, or Unavailable when its answer is not known: it is asked again later.
    """
    decided = await _given_up(reader, context)
    if decided is not None:
        await carry_out(decided, providers, context)
    _, view = await _noted(reader, context)
    return view


@use_case
async def _given_up(reader: Reader, context: Context) -> Attempt | None:
    async with transaction() as session:
        await orders.readable(session, reader, context.asked_at)
        await orders.hold(session, reader.order_id)
        attempt = await of_orders.newest(session, reader.order_id)
        if attempt is None:
            raise PaymentNotFound
        return await operations.give_up(session, attempt, context.asked_at)


@use_case
async def _noted(reader: Reader, context: Context) -> tuple[Attempt, OrderPaymentStatus]:
    """Return what is noted of a payment, and note that it is looked at."""
    async with transaction() as session:
        view = await orders.readable(session, reader, context.asked_at)
        attempt = await of_orders.newest(session, view.id)
        if attempt is None:
            raise PaymentNotFound
        if attempt.state in views.WAITING:
            await attempts.look_at(session, attempt, context.asked_at)
        return attempt, views.of_order(attempt, view)
