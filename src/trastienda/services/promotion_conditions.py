"""When a promotion may act: its dates, days and hours, its customers, its limits. Pure."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from trastienda.database.models.promotion import Trigger
from trastienda.errors import Conflict, Invalid, ShopError
from trastienda.schemas.cart_promotions import Bought, CartCouponRow, OfferRow, TierRow
from trastienda.services.users import normalised


def unmet(offer: OfferRow, bought: Bought, now: datetime) -> type[ShopError] | None:
    """Return why it cannot act now for a cart or an order, whatever is in it; None when it can."""
    limit, each = offer.usage_limit, offer.usage_limit_per_customer
    conditions: list[tuple[bool, type[ShopError]]] = [
        (
            offer.active and offer.in_channel and offer.trigger is not Trigger.CATALOGUE,
            CouponUnknown,
        ),
        (offer.starts_at is None or offer.starts_at <= now, CouponNotYetValid),
        (offer.ends_at is None or offer.ends_at > now, CouponExpired),
        (limit is None or offer.uses < limit, CouponUsedUp),
        (each is None or offer.customer_uses < each, CouponUsedUpByYou),
        (offer.in_group, CouponForOtherCustomers),
        (offer.first_allowed, CouponForFirstOrder),
        (in_hours(offer, bought.offers.time_zone, now), CouponNotNow),
        (_has_values(offer, bought.currency), CouponForOtherCurrency),
    ]
    return next((error for met, error in conditions if not met), None)


def customers(customer_id: UUID | None, email: str | None) -> list[str]:
    """Name a buyer: whoever orders is counted under the account and under the address.

    The address is written as accounts write theirs, here and nowhere else: PostgreSQL's `lower`
    takes another view of `İ` and `ẞ`, and does not compose what is decomposed.
    """
    account = [f"account:{customer_id}"] if customer_id else []
    return [*account, f"email:{normalised(email)}"] if email else account


def spent(coupon: CartCouponRow) -> type[ShopError] | None:
    """Return why a code itself, whatever its promotion says, cannot be used."""
    if not coupon.active:
        return CouponUnknown
    if coupon.usage_limit is not None and coupon.uses >= coupon.usage_limit:
        return CouponUsedUp
    return None


def has_value(tier: TierRow, currency: str) -> bool:
    """Say whether a tier means anything in this currency."""
    return (tier.percent is not None or currency in tier.amounts) and (
        not tier.min_subtotals or currency in tier.min_subtotals
    )


def _has_values(offer: OfferRow, currency: str) -> bool:
    given = (offer.amounts, offer.min_subtotals, offer.max_discounts)
    if any(amounts and currency not in amounts for amounts in given):
        return False
    return not offer.tiers or any(has_value(tier, currency) for tier in offer.tiers)


def in_hours(offer: OfferRow, time_zone: str, now: datetime) -> bool:
    """Say whether its days and hours hold; hours past midnight belong to the day they began."""
    first, last = offer.time_from, offer.time_to
    if not offer.weekdays and first is None and last is None:
        return True
    here = now.astimezone(ZoneInfo(time_zone))
    day, clock = here, here.time()
    since = first is None or first <= clock
    until = last is None or clock < last
    if first is not None and last is not None and last < first:
        if not (since or until):
            return False
        day = here if since else here - timedelta(days=1)
    elif not (since and until):
        return False
    return not offer.weekdays or day.isoweekday() in offer.weekdays


class CouponUnknown(Invalid):
    """There is no such code, or it is not in use."""


class CouponNotYetValid(Conflict):
    """This code is not valid yet."""


class CouponExpired(Conflict):
    """This code is not valid any more."""


class CouponUsedUp(Conflict):
    """This code has been used up."""


class CouponUsedUpByYou(Conflict):
    """You have used this code as often as one customer may."""


class CouponForOtherCustomers(Conflict):
    """This code is for other customers; log in if it is yours."""


class CouponForFirstOrder(Conflict):
    """This code is for a first order only."""


class CouponNotNow(Conflict):
    """This code holds on other days or at other hours."""


class CouponForOtherCurrency(Conflict):
    """This code has no value in the cart's currency."""
