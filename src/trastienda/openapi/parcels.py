"""The examples of fulfilments: both mugs of an order travel in one parcel."""

from typing import Any

from trastienda.openapi.rules import ABSENT

_ID = "019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b11"
_URL = "https://www.correos.es/track?code=PK4X2L9084510280128014B"
_TRACKING = {
    "carrier": "Correos",
    "tracking_number": "PK4X2L9084510280128014B",
    "tracking_url": _URL,
}
PARCEL: dict[str, Any] = {
    "id": _ID,
    "number": 1,
    "status": "shipped",
    **_TRACKING,
    "lines": [{"line_id": _ID, "quantity": 2}],
    "sent_at": "2026-11-25T09:00:00Z",
    "ready_at": None,
    "collected_at": None,
    "delivered_at": None,
}
"""As an order shows it."""
_OF_STAFF = {
    **PARCEL,
    "label_reference": "LBL-20871",
    "location": "main",
    "created_at": "2026-11-25T09:00:00Z",
}

PARCELS: dict[str, Any] = {
    "FulfilmentDraft.location": None,
    "FulfilmentDraft.pickup": False,
    "OrderSnapshot.fulfilment_number": ABSENT,
    "OrderSnapshot.fulfilments": [],
    "OrderView.fulfilments": [],
    **{
        f"{owner}.{field}": value
        for owner in ("FulfilmentView", "FulfilmentSnapshot")
        for field, value in _OF_STAFF.items()
    },
    **{
        f"{owner}.{field}": value
        for owner in ("FulfilmentDraft", "FulfilmentPatch")
        for field, value in _TRACKING.items()
    },
}
