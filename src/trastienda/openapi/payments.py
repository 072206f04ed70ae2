"""The examples of payments, refunds, gift cards and store credit.

One mug of two is paid back for a chipped rim.
"""

from typing import Any

from trastienda.openapi.rules import ABSENT

_ID = "019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b11"
_ITEM = {"line": _ID, "quantity": 1, "amount": 1250, "tax": 217}
_NOTHING = {"amount": 0, "tax": 0}

_PROVIDER: dict[str, Any] = {
    "PaymentOptionView.client": {"publishable_key": "pk_test_51Nq8mT2xR9bLk4Zs"},
    "PaymentOptionView.kind": "stripe",
    "PaymentOptionView.mode": "test",
    "PaymentOptionView.provider": "cards",
    "ProviderCheck.result": "works",
    "fact.offered": ["cards", "manual"],
    "webhook_path": "/v1/payments/cards/webhook",
}
for _shape in ("Draft", "Patch", "Told", "View"):
    _PROVIDER |= {
        f"PaymentProvider{_shape}.{_name}": _value
        for _name, _value in {
            "channels": [],
            "countries": ["ES", "PT"],
            "credentials": {
                "publishable_key": "pk_test_51Nq8mT2xR9bLk4Zs",
                "secret_key": "sk_test_51Nq8mT2xR9bLk4Zs",
                "webhook_secret": "whsec_Zk3pV9sQ1xWb7tRm2yHc",
            },
            "currencies": ["EUR"],
            "enabled": True,
            "kind": "stripe",
            "mode": "test",
            "name": "cards",
            "options": {},
            "position": 10,
        }.items()
    }
_PROVIDER["PaymentProviderView.credentials"] = {
    "publishable_key": "…k4Zs",
    "secret_key": "…k4Zs",
    "webhook_secret": "…2yHc",
}

PAYMENTS: dict[str, Any] = {
    **_PROVIDER,
    "CartPayment.next_action": ABSENT,
    "CartPayment.reason": ABSENT,
    "CartPayment.status": "succeeded",
    "NextAction.data": ABSENT,
    "NextAction.url": "https://bank.example/3ds/8f14",
    "PaymentCorrected.amount": 2990,
    "PaymentTold.amount": 2990,
    "PaymentView.reason": ABSENT,
    "PaymentView.status": "requires_action",
    "capture": "payment",
    "reference": "pi_3Q8mT2xR9bLk4Zs",
    "payment_hold_minutes": 15,
    "OrderPaymentView.amount": 2990,
    "OrderPaymentView.captured": 2990,
    "OrderPaymentView.failure": None,
    "OrderPaymentView.provider": "test",
    "OrderPaymentView.reference": "test_019ab3f25c1e7d3a9f002f6d1c0a7b11",
    "OrderPaymentView.refunded": 1250,
    "OrderPaymentView.status": "succeeded",
    "OrderView.captured": 2990,
    "OrderView.refunded": 0,
    "RefundSnapshot.amount": 1250,
    "RefundSnapshot.lines": [_ITEM],
    "RefundSnapshot.note": "Arrived with a chipped rim",
    "RefundSnapshot.reason": "damaged",
    "RefundSnapshot.restock": False,
    "RefundSnapshot.shipping": _NOTHING,
    "RefundSnapshot.status": "succeeded",
    "RefundSnapshot.tax": 217,
    "RefundDraft.amount": None,
    "RefundDraft.lines": [{"line": _ID, "quantity": 1}],
    "RefundDraft.note": "Arrived with a chipped rim",
    "RefundDraft.reason": "damaged",
    "RefundDraft.restock": False,
    "RefundDraft.shipping": None,
    "RefundTransferView.failure": ABSENT,
    "RefundTransferView.provider": "test",
    "RefundTransferView.status": "done",
    "RefundView.amount": 1250,
    "RefundView.lines": [_ITEM],
    "RefundView.note": "Arrived with a chipped rim",
    "RefundView.reason": "damaged",
    "RefundView.restock": False,
    "RefundView.shipping": _NOTHING,
    "RefundView.status": "succeeded",
    "RefundView.tax": 217,
    "Refundable.amount": 1740,
    "Refundable.lines": [_ITEM],
    "Refundable.shipping": {"amount": 490, "tax": 85},
    "PaymentsRow.captured": 2990,
    "PaymentsRow.net": 1740,
    "PaymentsRow.provider": "test",
    "PaymentsRow.refunded": 1250,
    "SalesRow.discounts": 0,
    "SalesRow.gross": 2066,
    "SalesRow.group": "mug",
    "SalesRow.net": 1438,
    "SalesRow.orders": 1,
    "SalesRow.refunds": 1033,
    "SalesRow.shipping": 405,
    "SalesRow.tax": 302,
    "SalesRow.total": 1740,
    "StockRow.adjusted": -1,
    "StockRow.change": 9,
    "StockRow.location": "main",
    "StockRow.received": 12,
    "StockRow.returned": 0,
    "StockRow.sold": 2,
    "TaxRow.rate": "21",
    "TaxRow.refunded_tax": 217,
    "TaxRow.refunded_taxable": 1033,
    "TaxRow.tax": 302,
    "TaxRow.taxable": 1438,
    "period": "2026-11-24",
    "query.by": "month",
    "query.from": "2026-11-01",
    "query.group": "product",
    "query.to": "2026-11-30",
    "fact.quantity": 1,
    "fact.refundable": 1740,
}
_CODE = "K7XM-2RQT-9WPA-7MKQ"
_MOVEMENT = {
    "kind": "issued",
    "amount": 5000,
    "at": "2026-11-24T10:15:00Z",
    "by": {"type": "staff", "id": _ID},
    "order_id": None,
    "payment_id": None,
    "refund_id": None,
    "reason": None,
}
_CARD: dict[str, Any] = {
    "status": "active",
    "balance": 5000,
    "disabled": False,
    "expires_at": "2029-12-31T23:00:00Z",
    "note": "Prize of the raffle",
    "recipient_email": None,
}
_CARDS = ("View", "Detail", "Told", "Sent", "WithCode")
_ACCOUNTS = ("View", "Detail", "Told")

CREDIT: dict[str, Any] = {
    **{f"GiftCard{owner}.{field}": it for owner in _CARDS for field, it in _CARD.items()},
    **{f"StoreCredit{owner}.balance": 2000 for owner in _ACCOUNTS},
    "Adjustment.amount": -500,
    "Adjustment.reason": "Misprint",
    "CartView.amount_due": 2990,
    "CartView.gift_cards": [],
    "CartView.store_credit": ABSENT,
    "Checkout.expected_amount_due": 2990,
    "GiftCardChoice.code": _CODE,
    "GiftCardDetail.movements": [_MOVEMENT],
    "GiftCardDraft.amount": 5000,
    "GiftCardDraft.country": None,
    "GiftCardDraft.note": "Prize of the raffle",
    "GiftCardDraft.recipient": None,
    "GiftCardsWanted.amount": 5000,
    "GiftCardsWanted.country": None,
    "GiftCardsWanted.note": None,
    "GiftCardPatch.disabled": True,
    "GiftCardPatch.note": "Lost",
    "GiftCardSent.send": 1,
    "GiftCardWithCode.code": _CODE,
    "OrderView.credits": [],
    "OrderSnapshot.credits": [],
    "OrderNoted.credits": [],
    "RefundDraft.to": "payment",
    "RefundView.to": "payment",
    "RefundSnapshot.to": "payment",
    "StoreCreditDetail.movements": [_MOVEMENT | {"kind": "adjusted", "amount": 2000}],
    "StoreCreditDraft.amount": 2000,
    "StoreCreditDraft.reason": "Late delivery",
    "MyStoreCredit.available": 2000,
    "gift_card_months": {"DE": 36},
    "last_characters": "7MKQ",
    "query.last_characters": "7MKQ",
}
