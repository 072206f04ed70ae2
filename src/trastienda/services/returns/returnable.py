"""Which units of an order can still be returned, and until when its customer may ask."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from trastienda.database.db import Reading, prepared
from trastienda.database.models.orders.order import Order
from trastienda.database.models.returns.order_return import OPEN
from trastienda.database.models.returns.policy import ReturnPolicy
from trastienda.errors import Conflict, Invalid
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.returns.order_return import Returnable, ReturnableLine, ReturnDraft
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import channels
from trastienda.services.orders import orders
from trastienda.services.payments import refunds
from trastienda.services.pricing.rounding import plain
from trastienda.services.returns import policies, reasons, windows

# Of each line: units in returns that have not ended, and those of them that have not arrived.
_KEPT = prepared(f"""
    SELECT return_lines.line_id, sum(return_lines.quantity)::bigint,
        sum(return_lines.quantity - return_lines.restocked_quantity
            - return_lines.written_off_quantity)::bigint
    FROM return_lines JOIN returns ON returns.id = return_lines.return_id
    WHERE returns.order_id = %(order)s
        AND returns.status IN ({", ".join(f"'{state}'" for state in OPEN)})
    GROUP BY return_lines.line_id
""")


async def units(session: Reading, order: OrderView) -> dict[UUID, int]:
    """Return how many units of each line can be returned: sent, in no return, and not refunded.

    A unit that was refunded without a return is not asked for again; one that came back is not
    there any more.
    """
    kept = {row[0]: row[1:] for row in await _KEPT.rows(session, order=order.id)}
    unpaid_back = {taxed.line_id: taxed.quantity for taxed in await refunds.left(session, order)}
    found = {}
    for line in order.lines:
        if line.gift_card:
            found[line.id] = 0  # its buyer gets the money back by a refund, while it is unused
            continue
        whole, missing = kept.get(line.id, (0, 0))
        with_buyer = line.fulfilled_quantity - line.returned_quantity - missing
        found[line.id] = max(0, min(with_buyer, unpaid_back.get(line.id, 0) - whole))
    return found


def wanted(free: Mapping[UUID, int], draft: ReturnDraft) -> Counter[UUID]:
    """Count the units of a draft by line. Raise ReturnLineUnknown or MoreThanReturnable."""
    counted: Counter[UUID] = Counter()
    for index, line in enumerate(draft.lines):
        if line.line_id not in free:
            raise ReturnLineUnknown(pointer=f"/lines/{index}/line_id")
        counted[line.line_id] += line.quantity
    for line_id, quantity in counted.items():
        if quantity > free[line_id]:
            raise MoreThanReturnable(line_id=line_id, quantity=free[line_id])
    return counted


def until(order: OrderView, policy: ReturnPolicy) -> datetime | None:
    """Say when the window of an order ends; None: it has none, or has not begun."""
    begins = windows.begins(order.fulfilments)
    if policy.window_days is None or begins is None:
        return None
    return windows.ends(begins, policy.window_days, ZoneInfo(channels.current().time_zone))


def expect_window(order: OrderView, policy: ReturnPolicy, now: datetime) -> None:
    """Raise ReturnsNotOffered, NothingSentYet or ReturnWindowOver where a customer may not ask."""
    if policy.window_days is None:
        raise ReturnsNotOffered
    ends = until(order, policy)
    if ends is None:
        raise NothingSentYet
    if now >= ends:
        raise ReturnWindowOver


async def of_order(
    session: Reading, order_id: UUID, context: Context, *, for_staff: bool = False
) -> Returnable:
    """Say what of an order can be returned: by its customer in the window, by staff at any time.

    Raise OrderNotFound.
    """
    order = await orders.by_id(session, order_id)
    row = await session.orm.get_one(Order, order_id)
    policy = await policies.of_channel(session, row.channel_id)
    ends = until(order, policy)
    over = not for_staff and (ends is None or context.asked_at >= ends)
    free = await units(session, order)
    return Returnable(
        order_id=order.id,
        until=ends,
        lines=[ReturnableLine(it, 0 if over else quantity) for it, quantity in free.items()],
        reasons=await reasons.choices(session, context.locale),
        currency=order.currency,
        return_fee=policy.return_fees.get(order.currency, 0),
        restocking_percent=plain(policy.restocking_percent),
    )


class ReturnLineUnknown(Invalid):
    """This order has no such line."""


class MoreThanReturnable(Conflict):
    """More units would be returned than can be of this line."""


class ReturnsNotOffered(Conflict):
    """This shop takes requests for returns by mail or telephone only."""


class NothingSentYet(Conflict):
    """Nothing of this order has been sent yet, so that nothing can come back."""


class ReturnWindowOver(Conflict):
    """The time in which this order could be returned has ended."""
