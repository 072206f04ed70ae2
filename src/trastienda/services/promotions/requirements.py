"""Which fields a promotion needs, and which have no meaning for it."""

from trastienda.database.models.promotions.promotion import PromotionKind, Trigger
from trastienda.errors import Invalid
from trastienda.schemas.promotions.promotion import PromotionDraft, PromotionTier
from trastienda.services.pricing.requirements import (
    PromotionIncomplete,
    PromotionUnclear,
    check_fields,
)
from trastienda.services.shared import currencies

_NAMES = {
    "percent": "percent",
    "amounts": "amount",
    "buy": "buy",
    "get": "get",
    "max_quantity": "max_quantity",
    "tiers": "tiers",
    "gift_sku": "gift",
    "gift_quantity": "gift_quantity",
}
_SALE_KINDS = {PromotionKind.ITEM_PERCENT, PromotionKind.ITEM_FIXED, PromotionKind.FIXED_PRICE}
_CART_FIELDS = (
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
    """Check the fields of a promotion, and raise for the first that is missing or wrong.

    Raise PromotionIncomplete, PromotionUnclear, SaleUnclear, NoSuchCurrency, PromotionEndsTooSoon
    or PromotionHoursAlike.
    """
    _check_kind(draft)
    for index, tier in enumerate(draft.tiers):
        _check_tier(tier, f"/tiers/{index}", draft.kind)
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
    check_fields(draft, _NAMES, "", optional={"gift_quantity"})
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
    if draft.kind not in _SALE_KINDS:
        raise SaleUnclear(pointer="/kind")
    for field in _CART_FIELDS:
        if getattr(draft, field) not in (None, {}, [], False, 0):
            raise SaleUnclear(pointer=f"/{field}")


class SaleUnclear(Invalid):
    """A sale in the catalogue has no use for this; it knows what it is about and its dates."""


class PromotionEndsTooSoon(Invalid):
    """A promotion ends after it starts."""


class PromotionHoursAlike(Invalid):
    """The hours of a promotion begin and end at different times."""
