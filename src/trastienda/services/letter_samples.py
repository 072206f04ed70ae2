"""What previews of letters tell: an order and a registration that nobody made."""

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
        _line("Plato grande de loza con borde pintado a mano", 1, 12_900, {}),
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
}
CART: dict[str, Any] = {
    "email": "ana@example.com",
    "locale": "es",
    "currency": "EUR",
    "lines": ORDER["lines"],
    "totals": ORDER["totals"],
    "token": "019ab3f25c1e7d3a9f002f6d1c0a7b11.Kq7mT2xR9bLk4ZsW1nYcPq3dHj8gTf5aKe6uXo0iSvM",
}
PAYMENT: dict[str, Any] = {
    "email": "ana@example.com",
    "locale": "es",
    "amount": ORDER["totals"]["total"],
    "currency": "EUR",
}
WEBHOOK: dict[str, Any] = {
    "host": "erp.example",
    "description": "Orders into the ERP",
    "disabled": "failing",
}
ADDRESS: dict[str, Any] = {"token": "Vq7mT2xR9bLk4ZsW1nYcPq3dHj8gTf5aKe6uXo0iSvM"}
