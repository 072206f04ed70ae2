"""The examples of returns: one mug of two comes back, because it does not fit."""

from typing import Any

from trastienda.openapi.rules import ABSENT

_ID = "019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b11"
_LINE = {
    "line_id": _ID,
    "sku": "MUG-BLUE",
    "name": "Mug, blue",
    "quantity": 1,
    "restocked_quantity": 0,
    "written_off_quantity": 0,
}
_RECEIPT = {
    "line_id": _ID,
    "quantity": 1,
    "disposition": "restock",
    "location": "main",
    "received_at": "2026-12-02T09:00:00Z",
}
_TEXTS = {
    "instructions": "Bring the parcel to any post office within 30 days.",
    "label_reference": "LBL-20871",
}
_NEW = {
    "number": "100001-R1",
    "version": 1,
    "status": "asked",
    "note": "Size M is too wide.",
    "by_staff": False,
    "lines": [_LINE],
    "receipts": [],
    "decided_at": None,
    "refusal": None,
    "instructions": None,
    "label_reference": None,
    "expires_at": None,
    "received_at": None,
    "ended_at": None,
    "refunded": None,
    "deduction": None,
    "refund_id": None,
    "exchange": [],
    "exchange_order": None,
}
_APPROVED = {
    "version": 2,
    "status": "approved",
    "decided_at": "2026-11-28T12:00:00Z",
    "expires_at": "2026-12-28T12:00:00Z",
    **_TEXTS,
}
_RECEIVED = _APPROVED | {
    "version": 3,
    "status": "received",
    "received_at": "2026-12-02T09:00:00Z",
    "lines": [_LINE | {"restocked_quantity": 1}],
    "receipts": [_RECEIPT],
}
_EXCHANGED = _APPROVED | {
    "version": 3,
    "exchange": [{"sku": "MUG-WHITE", "quantity": 1}],
    "exchange_order": {"id": _ID, "number": "100002", "total": 2990, "captured": 0},
}
_CLOSED = _RECEIVED | {
    "version": 4,
    "status": "closed",
    "ended_at": "2026-12-02T09:05:00Z",
    "refunded": 755,
    "deduction": 495,
    "refund_id": _ID,
}
_REFUSED = {
    "version": 2,
    "status": "refused",
    "decided_at": "2026-11-28T12:00:00Z",
    "refusal": "Earrings cannot be returned once their seal is open.",
}
_WITHDRAWN = {"version": 2, "status": "withdrawn", "ended_at": "2026-11-28T12:00:00Z"}
MOMENTS: dict[str, dict[str, Any]] = {
    "make_return": _APPROVED | {"by_staff": True},
    "approve_return": _APPROVED,
    "refuse_return": _REFUSED,
    "withdraw_own_return": _WITHDRAWN,
    "withdraw_return": _WITHDRAWN,
    "receive_return": _RECEIVED,
    "close_return": _CLOSED,
    "exchange_return": _EXCHANGED,
    "return.approved": _APPROVED,
    "return.refused": _REFUSED,
    "return.withdrawn": _WITHDRAWN,
    "return.received": _RECEIVED,
    "return.closed": _CLOSED,
    "return.exchanged": _EXCHANGED,
    "return.expired": _APPROVED
    | {"version": 3, "status": "expired", "ended_at": "2026-12-28T12:00:00Z"},
}
"""How the return in the example of an operation or an event differs from a new one."""
RETURN: dict[str, Any] = {
    "id": _ID,
    "number": "100001-R1",
    "status": "asked",
    "lines": [{"line_id": _ID, "quantity": 1, "received_quantity": 0}],
    "asked_at": "2026-11-28T10:15:00Z",
}
"""As an order shows it."""

_OF_ORDERS = ("OrderView", "OrderSnapshot", "OrderNoted", "OrderEdited", "PaymentRequested")
RETURNS: dict[str, Any] = {
    **{f"{owner}.returns": [] for owner in _OF_ORDERS},
    **{f"{owner}.exchange_for": ABSENT for owner in _OF_ORDERS},
    "ReturnPolicyPatch.return_fees": {"EUR": 495},
    "ReturnPolicyPatch.standard_shipping": {"EUR": 490},
    "ReturnPolicyView.return_fees": {"EUR": 495},
    "ReturnPolicyView.standard_shipping": {"EUR": 490},
    "ReturnReasonDraft.name": "It does not fit",
    "ReturnReasonDraft.translations": {"es": "No me queda bien"},
    "ReturnReasonPatch.name": "It does not fit",
    "ReturnReasonPatch.translations": {"es": "No me queda bien"},
    "ReturnReasonView.names": {"en": "It does not fit", "es": "No me queda bien"},
    "ReturnReasonName.name": "It does not fit",
    "ReturnReasonChoice.name": "It does not fit",
    "ReturnApproval.exchange": None,
    "EarlyExchange.exchange": [{"sku": "MUG-WHITE", "quantity": 1}],
    "EarlyExchange.shipping_option": None,
    "ReturnClosing.exchange": None,
    "ReturnClosing.shipping_option": None,
    "ReturnDraft.exchange": [{"sku": "MUG-WHITE", "quantity": 1}],
    "StaffReturnDraft.exchange": [],
    "Returnable.return_fee": 495,
    "ReturnClosing.return_fee": 0,
    "ReturnClosing.restocking_percent": "0",
    "ReturnClosing.shipping": "all",
    "ReturnReceiptDraft.lines": [
        {"line_id": _ID, "quantity": 1, "disposition": "restock", "location": "main"}
    ],
    "ReturnDraft.lines": [{"line_id": _ID, "quantity": 1}],
    "StaffReturnDraft.lines": [{"line_id": _ID, "quantity": 1}],
    "Settlement.goods": 1250,
    "Settlement.shipping": 0,
    "Settlement.deduction": 495,
    "Settlement.refund": 755,
    "StaffReturnView.order_number": "100001",
    "ReturnSnapshot.order_number": "100001",
    "query.order_number": 100_001,
    "query.reason": "does_not_fit",
    **{
        f"{owner}.{field}": value
        for owner in ("ReturnView", "StaffReturnView", "ReturnSnapshot")
        for field, value in _NEW.items()
    },
    **{
        f"{owner}.code": "does_not_fit"
        for owner in ("ReturnReasonDraft", "ReturnReasonView", "ReturnReasonName")
    },
    "ReturnReasonChoice.code": "does_not_fit",
    "window_days": 14,
    "expiry_days": 30,
    "restocking_percent": "0",
}


def at(moment: str, shown: dict[str, Any]) -> dict[str, Any]:
    """Return the example of a return as it is after an operation or an event."""
    known = {name: it for name, it in MOMENTS.get(moment, {}).items() if name in shown}
    return shown | known
