"""From a draft order to the order that it becomes."""

from msgspec import structs

from trastienda.database.db import Session
from trastienda.database.models.draft_orders.draft_order import DraftOrder
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.carts.assessment import Assessment
from trastienda.schemas.orders.order import Checkout, OrderView, PaymentChoice
from trastienda.schemas.shared.context import Context
from trastienda.services.orders import placing, reservations
from trastienda.services.orders.drafts import freeze
from trastienda.services.payments import MANUAL


async def place(
    session: Session,
    draft: DraftOrder,
    assessed: Assessment,
    expected_total: int | None,
    context: Context,
) -> OrderView:
    """Place the order of a locked draft order, unpaid, and reserve its stock, or what it holds.

    Its `cart_id` is the draft order's, so that it becomes at most one order. Raise CartNotReady,
    OutOfStock, TotalChanged, or what `reservations.reserve` raises.
    """
    asked = structs.replace(context, locale=Locale(draft.locale), seen=None)
    checkout = Checkout(PaymentChoice(MANUAL), expected_total)
    frozen = structs.replace(freeze(assessed, checkout, asked), cart_id=f"draft-order:{draft.id}")
    held = await reservations.hand_over(session, draft.id, frozen.id)
    await reservations.reserve(session, frozen, context, held)
    order = await placing.place(session, frozen, None, context)
    draft.complete(order.id)
    await session.orm.flush()
    return order
