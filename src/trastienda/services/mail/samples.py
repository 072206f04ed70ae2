"""Invented data for previews of mails."""

from typing import Any

_ID = "019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b11"
_HOME = {
    "name": "Ana García",
    "line1": "Calle Mayor 1",
    "line2": "3º B",
    "postal_code": "28013",
    "city": "Madrid",
    "country": "ES",
}


_PLATE = "019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b12"


def _line(name: str, quantity: int, price: int, options: dict[str, str]) -> dict[str, Any]:
    total = quantity * price
    return {
        "id": _ID,
        "sku": "DEMO",
        "name": name,
        "slug": "demo",
        "variant_id": None,
        "options": options,
        "thumbnail": None,
        "quantity": quantity,
        "fulfilled_quantity": 1,
        "unit_price": price,
        "subtotal": total,
        "discount": 0,
        "tax": 0,
        "total": total,
        "tax_rate": "21",
    }


_INSIDE = [{"line_id": _ID, "quantity": 1}, {"line_id": _PLATE, "quantity": 1}]
ORDER: dict[str, Any] = {
    "id": _ID,
    "number": "100001",
    "version": 1,
    "status": "open",
    "payment_status": "pending",
    "fulfilment_status": "partially_fulfilled",
    "currency": "EUR",
    "email": "ana@example.com",
    "lines": [
        _line("Taza Azul", 2, 1_250, {"Color": "Azul"}),
        _line("Plato grande de loza con borde pintado a mano", 1, 12_900, {}) | {"id": _PLATE},
    ],
    "totals": {
        "subtotal": 15_400,
        "discount": 500,
        "shipping": 490,
        "tax": 2_671,
        "tax_included": 2_671,
        "tax_added": 0,
        "total": 15_390,
    },
    "shipping_address": _HOME,
    "billing_address": _HOME,
    "shipping_option": {"id": _ID, "name": "Correos", "price": 490},
    "payment_provider": "manual",
    "placed_at": "2026-11-24T10:15:30Z",
    "payment_due_at": "2026-12-01T10:15:30Z",
    "fulfilments": [
        {
            "id": _ID,
            "number": 1,
            "status": "shipped",
            "carrier": "Correos",
            "tracking_number": "PK4X2L9084510280128014B",
            "tracking_url": "https://www.correos.es/track?code=PK4X2L9084510280128014B",
            "lines": _INSIDE,
            "sent_at": "2026-11-25T09:00:00Z",
        }
    ],
}
READY_PARCEL: dict[str, Any] = {
    "id": _ID,
    "order_id": _ID,
    "number": 1,
    "version": 1,
    "status": "ready",
    "location": "main",
    "label_reference": None,
    "lines": _INSIDE,
    "created_at": "2026-11-25T09:00:00Z",
    "ready_at": "2026-11-25T09:00:00Z",
    "order": ORDER
    | {
        "shipping_option": {
            "id": _ID,
            "name": "Recogida en tienda",
            "price": 490,
            "pickup_address": _HOME | {"name": "La tienda", "line1": "Plaza Mayor 2"},
        },
        "fulfilments": [],
    },
    "email": "ana@example.com",
    "locale": "es",
}
CART: dict[str, Any] = {
    "email": "ana@example.com",
    "locale": "es",
    "currency": "EUR",
    "lines": ORDER["lines"],
    "totals": ORDER["totals"],
    "token": "019ab3f25c1e7d3a9f002f6d1c0a7b11.Kq7mT2xR9bLk4ZsW1nYcPq3dHj8gTf5aKe6uXo0iSvM",
}
PAYMENT_REQUEST: dict[str, Any] = ORDER | {"amount": ORDER["totals"]["total"]}
DRAFT_ORDER: dict[str, Any] = {
    "id": _ID,
    "version": 2,
    "status": "sent",
    "email": "ana@example.com",
    "locale": "es",
    "currency": "EUR",
    "lines": ORDER["lines"],
    "coupons": [],
    "shipping_address": _HOME,
    "billing_address": None,
    "shipping_option": ORDER["shipping_option"],
    "totals": ORDER["totals"],
    "problems": [],
    "expires_at": "2026-12-08T10:15:30Z",
    "expired_at": None,
    "created_at": "2026-11-24T10:15:30Z",
    "sent_at": "2026-11-24T10:15:30Z",
    "order_id": None,
}
EDITED_ORDER: dict[str, Any] = ORDER | {"edit": {"owed": 2_500, "refunded": 0}}
PAYMENT: dict[str, Any] = {
    "email": "ana@example.com",
    "locale": "es",
    "amount": ORDER["totals"]["total"],
    "currency": "EUR",
}
REFUND: dict[str, Any] = {
    "order_id": _ID,
    "number": ORDER["number"],
    "email": "ana@example.com",
    "locale": "es",
    "amount": 1_250,
    "currency": "EUR",
}
RETURN: dict[str, Any] = {
    "id": _ID,
    "number": "100001-R1",
    "order_id": _ID,
    "order_number": ORDER["number"],
    "version": 5,
    "status": "closed",
    "reason": {"code": "does_not_fit", "name": "No me queda bien"},
    "note": "La talla M es demasiado grande.",
    "by_staff": False,
    "charges_fees": True,
    "lines": [
        {
            "line_id": _ID,
            "sku": "DEMO",
            "name": "Taza Azul",
            "quantity": 2,
            "restocked_quantity": 1,
            "written_off_quantity": 0,
        }
    ],
    "receipts": [],
    "asked_at": "2026-11-28T10:15:30Z",
    "decided_at": "2026-11-28T12:00:00Z",
    "refusal": "El precinto estaba roto.",
    "instructions": "Lleve el paquete a cualquier oficina de Correos.",
    "label_reference": "LBL-20871",
    "expires_at": "2026-12-28T12:00:00Z",
    "received_at": "2026-12-02T09:00:00Z",
    "ended_at": "2026-12-02T09:05:00Z",
    "refund_id": _ID,
    "currency": "EUR",
    "refunded": 755,
    "deduction": 495,
    "exchange": [],
    "exchange_order": None,
    "email": "ana@example.com",
    "locale": "es",
}
HELD: dict[str, Any] = {
    "order_id": _ID,
    "amount": ORDER["totals"]["total"],
    "currency": "EUR",
    "capture_before": "2026-12-01T10:15:30Z",
}
DISPUTE: dict[str, Any] = {
    "order_id": _ID,
    "status": "needs_response",
    "amount": ORDER["totals"]["total"],
    "withdrawn": ORDER["totals"]["total"],
    "currency": "EUR",
    "reason": "fraudulent",
    "respond_by": "2026-12-08T10:15:30Z",
}
INVOICE: dict[str, Any] = {
    "id": _ID,
    "kind": "invoice",
    "number": "2026-00001",
    "order_id": _ID,
    "order_number": "100001",
    "currency": "EUR",
    "net": 12_719,
    "tax": 2_671,
    "total": 15_390,
    "issued_at": "2026-11-24T10:15:31Z",
    "issued_on": "2026-11-24",
    "email": "ana@example.com",
    "locale": "es",
}
GIFT_CARD: dict[str, Any] = {
    "id": _ID,
    "currency": "EUR",
    "balance": 5_000,
    "expires_at": "2029-11-24T10:15:30Z",
    "email": "ana@example.com",
    "locale": "es",
    "code": "K7XM-2RQT-9WPA-7MKQ",
    "from_name": "Ana",
    "message": "Happy birthday!",
}
WEBHOOK: dict[str, Any] = {
    "host": "erp.example",
    "description": "Orders into the ERP",
    "disabled": "failing",
}
ADDRESS: dict[str, Any] = {"token": "Vq7mT2xR9bLk4ZsW1nYcPq3dHj8gTf5aKe6uXo0iSvM"}
