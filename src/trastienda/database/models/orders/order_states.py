"""The states of orders."""

from enum import StrEnum


class OrderStatus(StrEnum):
    OPEN = "open"
    CANCELLED = "cancelled"


class CancelReason(StrEnum):
    """Why an order was cancelled."""

    STAFF = "staff"
    UNPAID = "unpaid"
    """It was not paid in time."""


class PaymentStatus(StrEnum):
    """Follows from what was captured and what was refunded."""

    PENDING = "pending"
    AUTHORISED = "authorised"
    """The money is held at the provider, and is captured later."""
    PARTIALLY_PAID = "partially_paid"
    """Less than the total was captured, and nothing more is held."""
    PAID = "paid"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"
    """Nothing was captured, and nothing will be."""


class FulfilmentStatus(StrEnum):
    UNFULFILLED = "unfulfilled"
    PARTIAL = "partially_fulfilled"
    FULFILLED = "fulfilled"


PAYABLE = frozenset({PaymentStatus.PENDING, PaymentStatus.AUTHORISED, PaymentStatus.PARTIALLY_PAID})
"""Money may still come for an order with these; see `payable`."""
WITH_CREDIT = frozenset({PaymentStatus.PENDING, PaymentStatus.PARTIALLY_PAID})
"""An order with these may wait for its first money, beside gift cards and store credit."""
UNPAID = (
    f"status = '{OrderStatus.OPEN}' AND payment_status IN ('{PaymentStatus.PENDING}',"
    f" '{PaymentStatus.PARTIALLY_PAID}') AND fulfilment_status = '{FulfilmentStatus.UNFULFILLED}'"
)
"""Among these are the orders that expire: what is partly sent is for staff to decide, and so is
what is partly paid, unless by gift cards and store credit alone."""
STATES = ("status", "payment_status", "fulfilment_status")


def payable(status: PaymentStatus, owed: int) -> bool:
    """Say whether money may still come for an order of which so much, in minor units, is owed."""
    partly = status is PaymentStatus.PARTIALLY_REFUNDED and owed > 0
    return partly or status in PAYABLE
