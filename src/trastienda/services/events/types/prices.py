"""Events about prices, exchange rates and promotions."""

from trastienda.schemas.events.event import Gone
from trastienda.schemas.prices.exchange_rate import ExchangeRateView
from trastienda.schemas.prices.list import PriceListView
from trastienda.schemas.promotions.coupon import CouponView
from trastienda.schemas.promotions.event import CodesInvented
from trastienda.schemas.promotions.promotion import PromotionView
from trastienda.services.events.types.kinds import kind, resource

PRICE_LIST = resource("price_list", "a price list", PriceListView)
PROMOTION = resource("promotion", "a promotion", PromotionView)
EXCHANGE_RATE_SET = kind("exchange_rate.set", "Staff set an exchange rate.", ExchangeRateView)
EXCHANGE_RATE_DELETED = kind("exchange_rate.deleted", "Staff deleted an exchange rate.", Gone)
CODES_INVENTED = kind(
    "promotion.codes_invented", "A promotion got many codes at once.", CodesInvented
)
COUPON = resource("coupon", "a code of a promotion", CouponView)
