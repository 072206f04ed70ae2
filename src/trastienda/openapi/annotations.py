"""The examples of what staff look for, write about orders, and do to many of them at once."""

from typing import Any

from trastienda.openapi.rules import ABSENT

_ID = "019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b11"
_PROBLEM = {
    "type": "/problems/order-already-fulfilled",
    "title": "Part of this order has already been sent.",
}

ANNOTATIONS: dict[str, Any] = {
    "BulkFulfilment.orders": [_ID],
    "BulkResult.problem": _PROBLEM,
    "BulkResult.status": 409,
    "BulkTags.add": ["gift"],
    "BulkTags.orders": [_ID],
    "BulkTags.remove": ["urgent"],
    "OrderNoted.fulfilment_number": ABSENT,
    "NoteDraft.text": "Called: wants it in one parcel.",
    "NoteView.at": "2026-11-24T10:15:00Z",
    "NoteView.text": "Called: wants it in one parcel.",
    "TimelineActor.name": "Sam",
    "TimelineActor.type": "staff",
    "TimelineEntry.amount": 1250,
    "TimelineEntry.currency": "EUR",
    "TimelineEntry.kind": "refund",
    "TimelineEntry.number": ABSENT,
    "TimelineEntry.reason": "damaged",
    "TimelineEntry.return_id": ABSENT,
    "TimelineEntry.recipient": ABSENT,
    "TimelineEntry.status": ABSENT,
    "TimelineEntry.tags": ABSENT,
    "TimelineEntry.text": ABSENT,
    "TimelineEntry.type": "refund.created",
    "tags": ["gift", "vip"],
}
