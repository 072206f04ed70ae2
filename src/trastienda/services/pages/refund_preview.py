"""What a refund would pay back, before it is granted."""

from trastienda.database.db import Reading
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.payments.refund import RefundDraft
from trastienda.services.payments import refundable, refunds


async def amount(session: Reading, order: OrderView, draft: RefundDraft) -> int:
    """Return what a draft would pay back of an order, in minor units.

    Raise RefundEmpty, RefundLineUnknown, MoreThanLeft, RefundTooLarge or NothingToRefund.
    """
    given = refundable.worth(await refunds.left(session, order), draft)
    return sum(it.amount for it in given)
