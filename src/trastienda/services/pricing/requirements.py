"""Which fields a kind of promotion needs, and which would mean nothing to it."""

from trastienda.database.models.promotion import PromotionKind
from trastienda.errors import Invalid
from trastienda.schemas.pricing_preview import PricingPromotionDraft, PricingTierDraft

_FIELDS = ("percent", "amount", "buy", "get", "tiers", "gifts")
_PERCENT, _AMOUNT = ({"percent"}, {"percent"}), ({"amount"}, {"amount"})
_NEEDS: dict[PromotionKind, tuple[set[str], set[str]]] = {  # needs, takes
    PromotionKind.ORDER_FIXED: _AMOUNT,
    PromotionKind.ORDER_PERCENT: _PERCENT,
    PromotionKind.ORDER_TIERED: ({"tiers"}, {"tiers"}),
    PromotionKind.ITEM_FIXED: _AMOUNT,
    PromotionKind.ITEM_PERCENT: _PERCENT,
    PromotionKind.FIXED_PRICE: _AMOUNT,
    PromotionKind.FREE_GIFT: ({"get", "gifts"}, {"get", "gifts"}),
    PromotionKind.CHEAPEST_UNIT: (set(), {"percent", "amount"}),
    PromotionKind.BUY_X_GET_Y: ({"buy", "get"}, {"percent", "buy", "get"}),
    PromotionKind.SHIPPING_PERCENT: _PERCENT,
    PromotionKind.SHIPPING_FIXED: _AMOUNT,
}


def check(draft: PricingPromotionDraft, pointer: str) -> None:
    """Raise PromotionIncomplete or PromotionUnclear, which name the field."""
    given = [field for field in _FIELDS if getattr(draft, field) not in (None, [])]
    needs, takes = _NEEDS[draft.kind]
    for field in _FIELDS:
        if field in needs and field not in given:
            raise PromotionIncomplete(pointer=f"{pointer}/{field}", kind=draft.kind.value)
        if field in given and field not in takes:
            raise PromotionUnclear(pointer=f"{pointer}/{field}", kind=draft.kind.value)
    if not given:
        raise PromotionIncomplete(pointer=f"{pointer}/percent", kind=draft.kind.value)
    if draft.percent is not None and draft.amount is not None:
        raise PromotionUnclear(pointer=f"{pointer}/amount", kind=draft.kind.value)
    for place, tier in enumerate(draft.tiers):
        _check_tier(tier, f"{pointer}/tiers/{place}")


def _check_tier(tier: PricingTierDraft, pointer: str) -> None:
    if tier.percent is None and tier.amount is None:
        raise PromotionIncomplete(pointer=f"{pointer}/percent")
    if tier.percent is not None and tier.amount is not None:
        raise PromotionUnclear(pointer=f"{pointer}/amount")


class PromotionIncomplete(Invalid):
    """A promotion of this kind needs this field."""


class PromotionUnclear(Invalid):
    """A promotion of this kind has no use for this field."""
