"""What staff can do with a draft order, and how its form begins."""

from typing import Any
from uuid import UUID

from trastienda.database.models.draft_orders.draft_order import DraftOrderStatus
from trastienda.schemas.draft_orders.draft_order import DraftOrderView
from trastienda.schemas.pages.draft_moves import DraftMoves


def of(draft: DraftOrderView) -> DraftMoves:
    """Return what can be done with a draft order as it is now. The controllers decide again."""
    is_open = draft.status is not DraftOrderStatus.COMPLETED
    hindered = any(it.blocking is not False for it in draft.problems)
    return DraftMoves(can_change=is_open, can_complete=is_open and not hindered)


def lines(draft: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a view, or the defaults of a new one
    """Return the lines of what is in the shop, as they were written."""
    return [
        {
            "sku": line.sku,
            "quantity": line.quantity,
            "unit_price": line.unit_price if line.price_reason else None,
            "reason": line.price_reason or None,
            "staff_discount": line.staff_discount or None,
        }
        for line in getattr(draft, "lines", [])
        if not line.custom
    ]


def custom_lines(draft: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return the lines of what is not in the shop, as they were written."""
    return [
        {
            "title": line.name,
            "quantity": line.quantity,
            "unit_price": line.unit_price,
            "sku": line.sku,
            "tax_class": line.custom.tax_class,
            "requires_shipping": line.custom.requires_shipping,
            "staff_discount": line.staff_discount or None,
        }
        for line in getattr(draft, "lines", [])
        if line.custom
    ]


def option(draft: Any) -> UUID | None:  # noqa: ANN401
    """Return the shipping option of a draft order."""
    found: UUID | None = getattr(getattr(draft, "shipping_option", None), "id", None)
    return found
