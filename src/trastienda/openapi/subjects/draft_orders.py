"""The examples of draft orders: two mugs, and an engraving that is not in the shop."""

from typing import Any

from trastienda.openapi.rules import ABSENT

_DISCOUNT = {"percent": "10", "amount": None, "reason": "A customer for ten years"}

DRAFT_ORDERS: dict[str, Any] = {
    "Acceptance.expected_total": 2990,
    "ChannelPatch.draft_order_days": 14,
    "ChannelView.draft_order_days": 14,
    "Completion.paid": False,
    "CustomDraftLine.quantity": 1,
    "CustomDraftLine.sku": "ENGRAVE",
    "CustomDraftLine.staff_discount": None,
    "CustomDraftLine.title": "Engraving: Ana, 2026",
    "CustomDraftLine.unit_price": 900,
    "DraftLine.reason": None,
    "DraftLine.staff_discount": None,
    "DraftLine.unit_price": None,
    "DraftLineView.custom": ABSENT,
    "DraftLineView.price_by": ABSENT,
    "DraftLineView.price_reason": ABSENT,
    "DraftLineView.staff_discount": ABSENT,
    "DraftOrderCard.expired_at": None,
    "DraftOrderCard.order_id": None,
    "DraftOrderCard.status": "open",
    "DraftOrderDraft.billing_address": None,
    "DraftOrderDraft.coupons": [],
    "DraftOrderDraft.currency": None,
    "DraftOrderDraft.customer_id": None,
    "DraftOrderDraft.expires_at": "2026-12-08T10:15:00Z",
    "DraftOrderDraft.note": "Called on Monday",
    "DraftOrderDraft.reserve_until": "2026-12-03T10:15:00Z",
    "DraftOrderDraft.shipping_price": None,
    "DraftOrderDraft.staff_discount": None,
    "DraftOrderLink.total": 2990,
    "DraftOrderPatch.reserve_until": "2026-12-03T10:15:00Z",
    "DraftOrderPatch.staff_discount": _DISCOUNT,
    "DraftOrderView.billing_address": None,
    "DraftOrderView.coupons": [],
    "DraftOrderView.customer_id": ABSENT,
    "DraftOrderView.expired_at": None,
    "DraftOrderView.note": ABSENT,
    "DraftOrderView.order_id": None,
    "DraftOrderView.problems": [],
    "DraftOrderView.reserve_until": ABSENT,
    "DraftOrderView.sent_at": None,
    "DraftOrderView.staff_discount": ABSENT,
    "DraftOrderView.status": "open",
    "OrderLineView.custom": ABSENT,
}
