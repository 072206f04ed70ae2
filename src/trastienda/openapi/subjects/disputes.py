"""The examples of disputes."""

from typing import Any

_FIELDS: dict[str, Any] = {
    "status": "needs_response",
    "amount": 2990,
    "withdrawn": 2990,
    "respond_by": "2026-12-08T10:15:00Z",
    "ended_at": None,
}

DISPUTES: dict[str, Any] = {
    **{
        f"Dispute{owner}.{field}": it for owner in ("View", "Told") for field, it in _FIELDS.items()
    },
    "DisputeTold.provider": "cards",
    "OrderPaymentView.disputes": [],
}
