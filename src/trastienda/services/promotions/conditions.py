"""The conditions of promotions: dates, days and hours, customers, limits. Pure."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from trastienda.database.models.promotions.promotion import Trigger
from trastienda.errors import Conflict, Invalid, ShopError
from trastienda.schemas.promotions.of_carts import CartCouponRow, PromotionRow, Purchase, TierRow
from trastienda.services.accounts.users import normalised


def unmet(offer: PromotionRow, purchase: Purchase, now: datetime) -> type[ShopError] | None:
    """Return why a promotion cannot apply to a cart or an order now, whatever it contains.

    Return None if it can.
    """
    limit, per_customer = offer.usage_limit, offer.usage_limit_per_customer
    conditions: list[tuple[bool, type[ShopError]]] = [
        (
            offer.active and offer.in_channel and offer.trigger is not Trigger.CATALOGUE,
            CouponUnknown,
        ),
        (offer.starts_at is None or offer.starts_at <= now, CouponNotYetValid),
        (offer.ends_at is None or offer.ends_at > now, CouponExpired),
        (limit is None or offer.uses < limit, CouponUsedUp),
        (per_customer is None or offer.customer_uses < per_customer, CouponUsedUpByYou),
        (offer.in_group, CouponForOtherCustomers),
        (offer.first_allowed, CouponForFirstOrder),
        (in_hours(offer, purchase.offers.time_zone, now), CouponNotNow),
        (_has_values(offer, purchase.currency), CouponForOtherCurrency),
    ]
    return next((error for met, error in conditions if not met), None)


def customer_keys(customer_id: UUID | None, email: str | None) -> list[str]:
    """Return the keys under which uses of a buyer are counted: the account and the address.

    Addresses are normalised here, as those of accounts are, and never by PostgreSQL: its `lower`
    treats `İ` and `ẞ` differently and does not compose decomposed characters.
    """
    account = [f"account:{customer_id}"] if customer_id else []
    return [*account, f"email:{normalised(email)}"] if email else account


def unusable(coupon: CartCouponRow) -> type[ShopError] | None:
    """Return why a coupon itself cannot be used, whatever its promotion; None if it can."""
    if not coupon.active:
        return CouponUnknown
    if coupon.usage_limit is not None and coupon.uses >= coupon.usage_limit:
        return CouponUsedUp
    return None


def has_value(tier: TierRow, currency: str) -> bool:
    """Return whether a tier has values in this currency."""
    return (tier.percent is not None or currency in tier.amounts) and (
        not tier.min_subtotals or currency in tier.min_subtotals
    )


def _has_values(offer: PromotionRow, currency: str) -> bool:
    by_currency = (offer.amounts, offer.min_subtotals, offer.max_discounts)
    if any(amounts and currency not in amounts for amounts in by_currency):
        return False
    return not offer.tiers or any(has_value(tier, currency) for tier in offer.tiers)


def in_hours(offer: PromotionRow, time_zone: str, now: datetime) -> bool:
    """Return whether `now` is within the days and hours of a promotion, in this time zone.

    Hours past midnight belong to the day on which they began.
    """
    start, end = offer.time_from, offer.time_to
    if not offer.weekdays and start is None and end is None:
        return True
    local = now.astimezone(ZoneInfo(time_zone))
    day, clock = local, local.time()
    started = start is None or start <= clock
    not_ended = end is None or clock < end
    if start is not None and end is not None and end < start:
        if not (started or not_ended):
            return False
        day = local if started else local - timedelta(days=1)
    elif not (started and not_ended):
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
