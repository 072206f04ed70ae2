"""The examples of accounts, customers, members of staff and counts of stock."""

from typing import Any

_HOME = {"name": "Ana García", "line1": "Calle Mayor 1", "city": "Madrid", "country": "ES"}
PEOPLE: dict[str, Any] = {
    "ApiKeyDraft.role": None,
    "ApiKeyMade.role": None,
    "ApiKeyView.role": None,
    **{f"ApiKey{it}.expires_at": "2027-11-24T10:15:00Z" for it in ("Draft", "Made", "View")},
    **{f"ApiKey{it}.staff": "sam@example.com" for it in ("Made", "View")},
    **{f"ApiKey{it}.made_by": "ada@example.com" for it in ("Made", "View")},
    **{f"ApiKey{it}.maker_left": False for it in ("Made", "View")},
    "ApiKeyMade.key": "tk_3f9a1c0b7d52_CP1aXoTzWPzQiJ3y0mZk9E2b7rV5uYdHfLs8NwGt4Kc",
    "ApiKeyMade.last_used_at": None,
    "CountView.difference": -2,
    "CountView.on_hand": 7,
    "CountView.available": 5,
    "CustomerCard.name": "Ana",
    "CustomerCard.spent": [{"currency": "EUR", "amount": 8970}],
    "CustomerExport.account": {
        "id": "019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b11",
        "email": "ana@example.com",
        "name": "Ana",
        "registered_at": "2026-11-24T10:15:00Z",
        "verified_at": "2026-11-24T10:16:00Z",
    },
    "CustomerExport.addresses": [_HOME],
    "CustomerExport.consents": [{"granted": True, "changed_at": "2026-11-24T10:15:00Z"}],
    "CustomerExport.groups": ["Club"],
    "CustomerExport.letters": [
        {"letter": "order_paid", "created_at": "2026-11-24T10:15:00Z", "state": "sent"}
    ],
    "CustomerExport.notes": [{"at": "2026-11-24T10:15:00Z", "text": "Prefers to be called."}],
    "CustomerExport.orders": [
        {"number": "100001", "placed_at": "2026-11-24T10:15:00Z", "shipping_address": _HOME}
    ],
    "CustomerExport.sessions": [
        {"user_agent": "Mozilla/5.0", "created_at": "2026-11-24T10:15:00Z"}
    ],
    "CustomerExport.store_credit": [{"currency": "EUR", "balance": 2000}],
    "CustomerNoteDraft.text": "Prefers to be called.",
    "CustomerNoteView.text": "Prefers to be called.",
    "CustomerView.name": "Ana",
    "CustomerView.spent": [{"currency": "EUR", "amount": 8970}],
    "StockMovementView.at": "2026-11-24T10:15:00Z",
    "StockMovementView.on_hand": -2,
    "StockMovementView.reason": "recount",
    "StockMovementView.reserved": 0,
    "StockMovementView.source_id": None,
    "PasswordChange.current": "correct horse battery",
    "RoleChanged.before": "editor",
    "RoleChanged.role": "manager",
    "StaffAcceptance.name": "Sam",
    "StaffInvitationDraft.email": "sam@example.com",
    "StaffInvitationOffer.email": "sam@example.com",
    "StaffInvitationTold.email": "sam@example.com",
    "StaffInvitationView.email": "sam@example.com",
    "StaffView.email": "sam@example.com",
    "StaffView.name": "Sam",
    "StaffView.suspended_at": None,
    **{f"StaffInvitation{owner}.role": "editor" for owner in ("Draft", "Offer", "Told", "View")},
    "StaffPatch.role": "manager",
    "StaffView.role": "manager",
    "Suspended.role": "manager",
    "Reinstated.role": "manager",
}
