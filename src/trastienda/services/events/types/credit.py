"""Events about gift cards and store credit."""

from trastienda.schemas.credit.gift_card import GiftCardSent, GiftCardTold
from trastienda.schemas.credit.store_credit import StoreCreditTold
from trastienda.services.events.types.kinds import kind

GIFT_CARD_ISSUED = kind("gift_card.issued", "A gift card was issued.", GiftCardTold)
GIFT_CARD_CHANGED = kind("gift_card.changed", "A gift card, or its code, changed.", GiftCardTold)
GIFT_CARD_MOVED = kind(
    "gift_card.balance_changed", "The balance of a gift card has changed.", GiftCardTold
)
GIFT_CARD_EXPIRED = kind("gift_card.expired", "A gift card has expired.", GiftCardTold)
GIFT_CARD_SENT = kind("gift_card.sent", "The code of a gift card goes by email.", GiftCardSent)
STORE_CREDIT = kind("store_credit.changed", "Store credit has changed.", StoreCreditTold)
