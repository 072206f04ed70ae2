"""Which fields a kind of promotion needs, and which would mean nothing to it."""

from trastienda.database.models.promotion import PromotionKind
from trastienda.errors import Invalid
from trastienda.schemas.pricing_preview import PricingPromotionDraft

_FIELDS = ("percent", "amount", "buy", "get")
_PERCENT, _AMOUNT = ({"percent"}, {"percent"}), ({"amount"}, {"amount"})
_NEEDS: dict[PromotionKind, tuple[set[str], set[str]]] = {  # needs, takes
    PromotionKind.ORDER_FIXED: _AMOUNT,
    PromotionKind.ORDER_PERCENT: _PERCENT,
    PromotionKind.ITEM_FIXED: _AMOUNT,
    PromotionKind.ITEM_PERCENT: _PERCENT,
    PromotionKind.CHEAPEST_UNIT: (set(), {"percent", "amount"}),
    PromotionKind.BUY_X_GET_Y: ({"buy", "get"}, {"percent", "buy", "get"}),
    PromotionKind.SHIPPING_PERCENT: _PERCENT,
    PromotionKind.SHIPPING_FIXED: _AMOUNT,
}


def check(draft: PricingPromotionDraft, pointer: str) -> None:
    """Raise PromotionIncomplete or PromotionUnclear, which name the field."""
    given = [field for field in _FIELDS if getattr(draft, field) is not None]
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


class PromotionIncomplete(Invalid):
    """A promotion of this kind needs this field."""


class PromotionUnclear(Invalid):
    """A promotion of this kind has no use for this field."""
