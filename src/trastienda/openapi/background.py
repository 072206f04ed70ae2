"""The examples of what goes on behind the answers: events, jobs, webhooks and emails."""

from typing import Any

_ID = "019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b11"

BACKGROUND: dict[str, Any] = {
    "EventView.aggregate": "stock",
    "EventView.data": {
        "variant_id": _ID,
        "sku": "MUG-BLUE",
        "location": "main",
        "on_hand": 14,
        "reserved": 2,
        "available": 12,
        "reason": "reserved",
        "source_id": _ID,
    },
    "EventView.type": "stock.changed",
    "JobFailure.at": "2026-11-24T10:15:00Z",
    "JobFailure.deaths": 0,
    "JobFailure.kind": "MailDelayed",
    "JobFailure.reason": "The mail could not be sent now.",
    "JobView.due_at": "2026-11-24T10:15:00Z",
    "JobView.event_id": _ID,
    "JobView.id": 4711,
    "JobView.priority": 0,
    "JobView.queued_at": "2026-11-24T10:14:00Z",
    "JobView.status": "failed",
    "SentLetterView.code": 550,
    "SentLetterView.status": "5.1.1",
    "SuppressionView.status": "5.1.1",
    "AttemptView.answer": "ok",
    "AttemptView.status": 200,
    "AttemptView.trouble": None,
    "ReplayView.up_to": 1042,
    "ReplayWanted.after": 1_000,
    "ReplayWanted.before": None,
    "ReplayWanted.from": None,
    "ReplayWanted.to": None,
    "DeliveryView.due_at": None,
    "DeliveryDetail.due_at": None,
    "DeliveryView.ended_at": "2026-11-24T10:15:01Z",
    "DeliveryDetail.ended_at": "2026-11-24T10:15:01Z",
    "WebhookTold.host": "erp.example",
}
