"""Which fields a promotion on record needs, and which would mean nothing to it."""

from trastienda.database.models.promotion import PromotionKind, Trigger
from trastienda.errors import Invalid
from trastienda.schemas.promotion import PromotionDraft, PromotionTier
from trastienda.services import currencies
from trastienda.services.pricing.requirements import PromotionIncomplete, PromotionUnclear

_FIELDS = ("percent", "amounts", "buy", "get", "max_quantity", "tiers", "gift_sku", "gift_quantity")
_ITEM = {"max_quantity"}
_NEEDS: dict[PromotionKind, tuple[set[str], set[str]]] = {  # needs, takes besides
    PromotionKind.ORDER_FIXED: ({"amounts"}, set()),
    PromotionKind.ORDER_PERCENT: ({"percent"}, set()),
    PromotionKind.ORDER_TIERED: ({"tiers"}, set()),
    PromotionKind.ITEM_FIXED: ({"amounts"}, _ITEM),
    PromotionKind.ITEM_PERCENT: ({"percent"}, _ITEM),
    PromotionKind.FIXED_PRICE: ({"amounts"}, _ITEM),
    PromotionKind.CHEAPEST_UNIT: (set(), {"percent", "amounts"}),
    PromotionKind.BUY_X_GET_Y: ({"buy", "get"}, {"percent"}),
    PromotionKind.FREE_GIFT: ({"gift_sku"}, {"gift_quantity"}),
    PromotionKind.SHIPPING_PERCENT: ({"percent"}, set()),
    PromotionKind.SHIPPING_FIXED: ({"amounts"}, set()),
}
_SALES = {PromotionKind.ITEM_PERCENT, PromotionKind.ITEM_FIXED, PromotionKind.FIXED_PRICE}
_OF_CARTS = (
    "max_quantity",
    "channels",
    "customer_groups",
    "first_order",
    "weekdays",
    "time_from",
    "time_to",
    "min_subtotals",
    "min_quantity",
    "max_discounts",
    "exclusive",
    "stack_group",
    "usage_limit",
    "usage_limit_per_customer",
)


def check(draft: PromotionDraft) -> None:
    """Raise what names the field: PromotionIncomplete, PromotionUnclear, SaleUnclear and others."""
    _check_kind(draft)
    for place, tier in enumerate(draft.tiers):
        _check_tier(tier, f"/tiers/{place}", draft.kind)
    if draft.trigger is Trigger.CATALOGUE:
        _check_sale(draft)
    for field in ("amounts", "min_subtotals", "max_discounts"):
        for currency in getattr(draft, field):
            currencies.check(currency, f"/{field}/{currency}")
    if draft.starts_at and draft.ends_at and draft.ends_at <= draft.starts_at:
        raise PromotionEndsTooSoon(pointer="/ends_at")
    if draft.time_from is not None and draft.time_from == draft.time_to:
        raise PromotionHoursAlike(pointer="/time_to")


def _check_kind(draft: PromotionDraft) -> None:
    needs, besides = _NEEDS[draft.kind]
    for field in _FIELDS:
        given = getattr(draft, field) not in (None, {}, [])
        if field in needs and not given:
            raise PromotionIncomplete(pointer=f"/{field}", kind=draft.kind.value)
        if given and field not in needs | besides:
            raise PromotionUnclear(pointer=f"/{field}", kind=draft.kind.value)
    if draft.kind is PromotionKind.CHEAPEST_UNIT:
        _check_value(draft, "", draft.kind)


def _check_value(part: PromotionDraft | PromotionTier, pointer: str, kind: PromotionKind) -> None:
    if part.percent is None and not part.amounts:
        raise PromotionIncomplete(pointer=f"{pointer}/percent", kind=kind.value)
    if part.percent is not None and part.amounts:
        raise PromotionUnclear(pointer=f"{pointer}/amounts", kind=kind.value)


def _check_tier(tier: PromotionTier, pointer: str, kind: PromotionKind) -> None:
    _check_value(tier, pointer, kind)
    if tier.min_quantity is None and not tier.min_subtotals:
        raise PromotionIncomplete(pointer=f"{pointer}/min_subtotals", kind=kind.value)
    if tier.min_quantity is not None and tier.min_subtotals:
        raise PromotionUnclear(pointer=f"{pointer}/min_quantity", kind=kind.value)
    for field in ("amounts", "min_subtotals"):
        for currency in getattr(tier, field):
            currencies.check(currency, f"{pointer}/{field}/{currency}")


def _check_sale(draft: PromotionDraft) -> None:
    if draft.kind not in _SALES:
        raise SaleUnclear(pointer="/kind")
    for field in _OF_CARTS:
        if getattr(draft, field) not in (None, {}, [], False, 0):
            raise SaleUnclear(pointer=f"/{field}")


class SaleUnclear(Invalid):
    """A sale in the catalogue has no use for this; it knows what it is about and its dates."""


class PromotionEndsTooSoon(Invalid):
    """A promotion ends after it starts."""


class PromotionHoursAlike(Invalid):
    """The hours of a promotion begin and end at different times."""
