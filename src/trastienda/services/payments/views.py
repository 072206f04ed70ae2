"""Payments as the buyer's browser is told of them. Pure."""

import msgspec
from msgspec import UNSET

from trastienda.database.models.payments.payment import PaymentState
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.payments.payment import (
    CartPayment,
    NextAction,
    OrderPaymentStatus,
    PaymentView,
)

WAITING = frozenset({PaymentState.REQUIRES_ACTION, PaymentState.PROCESSING})
"""The buyer, or the provider, has something to do first."""


def waits_elsewhere(attempt: Attempt, provider: str) -> bool:
    """Say whether a payment waits for its buyer, at another provider than this one."""
    return attempt.state is PaymentState.REQUIRES_ACTION and attempt.provider != provider


def payment(attempt: Attempt) -> PaymentView:
    """Say how a payment stands, and what the buyer has to do."""
    return PaymentView(
        status=attempt.state, next_action=action(attempt), reason=attempt.reason or UNSET
    )


def of_cart(attempt: Attempt) -> CartPayment:
    """Say the same where the order is shown beside it."""
    return CartPayment(
        status=attempt.state, next_action=action(attempt), reason=attempt.reason or UNSET
    )


def of_order(attempt: Attempt, order: OrderView) -> OrderPaymentStatus:
    """Say the same of an order, which is shown beside it."""
    return OrderPaymentStatus(
        status=attempt.state,
        next_action=action(attempt),
        reason=attempt.reason or UNSET,
        order=order,
    )


def action(attempt: Attempt) -> NextAction | msgspec.UnsetType:
    if attempt.next_action is None:
        return UNSET
    return msgspec.convert(attempt.next_action, NextAction)
