"""What staff can do with a return. The pages ask here, and compare no states themselves."""

from trastienda.database.models.returns.order_return import ReturnState
from trastienda.schemas.pages.return_moves import ReturnMoves
from trastienda.schemas.returns.order_return import ReturnClosing, StaffReturnView

STATES = list(ReturnState)
EXPECTS_GOODS = frozenset({ReturnState.APPROVED, ReturnState.PART_RECEIVED})
SETTLES = frozenset({ReturnState.PART_RECEIVED, ReturnState.RECEIVED})
NOTHING_CAME = frozenset({ReturnState.ASKED, ReturnState.APPROVED})


def of(found: StaffReturnView) -> ReturnMoves:
    """Return what can be done with a return as it is now. The controllers decide again."""
    expects = found.status in EXPECTS_GOODS
    missing = {
        it.line_id: it.quantity - it.restocked_quantity - it.written_off_quantity
        for it in found.lines
    }
    return ReturnMoves(
        can_decide=found.status is ReturnState.ASKED,
        can_withdraw=found.status in NOTHING_CAME,
        to_receive={line: units for line, units in missing.items() if units > 0} if expects else {},
        can_close=found.status in SETTLES,
        can_choose_exchange=found.status in SETTLES and found.exchange_order is None,
        can_exchange=expects and bool(found.exchange) and found.exchange_order is None,
    )


def orders_something(found: StaffReturnView, closing: ReturnClosing) -> bool:
    """Say whether closing a return like this orders something instead."""
    wanted = found.exchange if closing.exchange is None and closing.refund else closing.exchange
    return found.exchange_order is None and bool(wanted)


def state(text: str | None) -> ReturnState | None:
    """Return the state of this name, if there is one."""
    return ReturnState(text) if text in set(ReturnState) else None
