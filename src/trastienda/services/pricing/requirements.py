"""Which fields a promotion of each kind needs, and which it must not have."""

from collections.abc import Collection, Mapping
from typing import Protocol

from trastienda.database.models.promotions.promotion import PromotionKind
from trastienda.errors import Invalid
from trastienda.schemas.pricing.preview import PricingPromotionDraft, PricingTierDraft

NEEDS: dict[PromotionKind, tuple[set[str], set[str]]] = {  # required fields, optional fields
    PromotionKind.ORDER_FIXED: ({"amount"}, set()),
    PromotionKind.ORDER_PERCENT: ({"percent"}, set()),
    PromotionKind.ORDER_TIERED: ({"tiers"}, set()),
    PromotionKind.ITEM_FIXED: ({"amount"}, {"max_quantity"}),
    PromotionKind.ITEM_PERCENT: ({"percent"}, {"max_quantity"}),
    PromotionKind.FIXED_PRICE: ({"amount"}, {"max_quantity"}),
    PromotionKind.CHEAPEST_UNIT: (set(), {"percent", "amount"}),
    PromotionKind.BUY_X_GET_Y: ({"buy", "get"}, {"percent"}),
    PromotionKind.FREE_GIFT: ({"gift", "gift_quantity"}, set()),
    PromotionKind.SHIPPING_PERCENT: ({"percent"}, set()),
    PromotionKind.SHIPPING_FIXED: ({"amount"}, set()),
}
_NAMES = {name: name for name in ("percent", "amount", "buy", "get", "tiers")} | {"gifts": "gift"}
_NAMES_OF_GIFTS = _NAMES | {"get": "gift_quantity"}


class HasKind(Protocol):
    """A promotion draft."""

    @property
    def kind(self) -> PromotionKind: ...


def check_fields(
    draft: HasKind, names: Mapping[str, str], pointer: str, optional: Collection[str] = ()
) -> None:
    """Check that a draft has the fields of its kind, and no others.

    `names` maps the draft's fields, in the order of the check, to their names in `NEEDS`. Fields
    in `optional` have a default and may be left out. Raise PromotionIncomplete or PromotionUnclear
    for the first wrong field.
    """
    needs, besides = NEEDS[draft.kind]
    for field, name in names.items():
        given = getattr(draft, field) not in (None, {}, [])
        if name in needs and name not in optional and not given:
            raise PromotionIncomplete(pointer=f"{pointer}/{field}", kind=draft.kind.value)
        if given and name not in needs | besides:
            raise PromotionUnclear(pointer=f"{pointer}/{field}", kind=draft.kind.value)


def check(draft: PricingPromotionDraft, pointer: str) -> None:
    """Check a promotion of a preview. Raise PromotionIncomplete or PromotionUnclear."""
    free_gift = draft.kind is PromotionKind.FREE_GIFT
    check_fields(draft, _NAMES_OF_GIFTS if free_gift else _NAMES, pointer)
    if draft.kind is PromotionKind.CHEAPEST_UNIT and draft.percent is None and draft.amount is None:
        raise PromotionIncomplete(pointer=f"{pointer}/percent", kind=draft.kind.value)
    if draft.percent is not None and draft.amount is not None:
        raise PromotionUnclear(pointer=f"{pointer}/amount", kind=draft.kind.value)
    for index, tier in enumerate(draft.tiers):
        _check_tier(tier, f"{pointer}/tiers/{index}")


def _check_tier(tier: PricingTierDraft, pointer: str) -> None:
    if tier.percent is None and tier.amount is None:
        raise PromotionIncomplete(pointer=f"{pointer}/percent")
    if tier.percent is not None and tier.amount is not None:
        raise PromotionUnclear(pointer=f"{pointer}/amount")


class PromotionIncomplete(Invalid):
    """A promotion of this kind needs this field."""


class PromotionUnclear(Invalid):
    """A promotion of this kind has no use for this field."""
