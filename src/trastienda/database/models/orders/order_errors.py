"""What is refused about an order."""

from trastienda.errors import Conflict, Invalid, NotFound, Stale


class OrderNotFound(NotFound):
    """There is no such order."""


class OrderClosed(Conflict):
    """This order has been cancelled."""


class OrderAlreadyPaid(Conflict):
    """This order has already been paid."""


class OrderAlreadyFulfilled(Conflict):
    """Part of this order has already been sent."""


class RefundTooLarge(Conflict):
    """This is more than can still be refunded."""


class PaymentDueUnusable(Invalid):
    """Payment can be due at a time that is to come, within a year."""


class OrderChanged(Stale):
    """The order has changed since you read it."""


class OrderNotCaptured(Conflict):
    """Money for this order is only held, and does not fit this: capture it first."""
