"""The examples of gift cards that are sold as products."""

from typing import Any

from trastienda.openapi.rules import ABSENT

GIFT_CARDS: dict[str, Any] = {
    "GiftCardLine.recipient": None,
    "GiftCardSent.from_name": "Ada",
    "GiftCardSent.message": "Happy birthday!",
    "GiftCardsRow.change": 21_500,
    "GiftCardsRow.expired": 0,
    "GiftCardsRow.granted": 5_000,
    "GiftCardsRow.owed": 84_000,
    "GiftCardsRow.refunded": 5_000,
    "GiftCardsRow.returned": 1_500,
    "GiftCardsRow.sold": 35_000,
    "GiftCardsRow.spent": 15_000,
    "GiftRecipient.email": "charles@example.com",
    "GiftRecipient.locale": "en",
    "ProductDraft.gift_card": False,
    "ProductView.gift_card": False,
    "StaffProductView.gift_card": False,
    **{f"GiftCard{it}.order_id": None for it in ("View", "Detail", "Told", "Sent", "WithCode")},
    "gift_card": ABSENT,
}
