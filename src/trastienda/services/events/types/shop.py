"""Events about what the shop is made of: storefronts, stock, shipping and taxes."""

from trastienda.schemas.channels.channel import ChannelView
from trastienda.schemas.shipping.option import StaffShippingOptionView
from trastienda.schemas.stock.event import StockChange, StockGone
from trastienda.schemas.stock.location import LocationView
from trastienda.schemas.storefront.legal_page import StaffLegalPageView
from trastienda.schemas.storefront.settings import StorefrontSettingsView
from trastienda.schemas.taxes.tax import TaxClassView, TaxRateView
from trastienda.schemas.taxes.zone import ZoneView
from trastienda.services.events.types.kinds import kind, resource

STOCK_CHANGED = kind("stock.changed", "A location holds or owes more or less.", StockChange)
STOCK_GONE = kind("stock.gone", "A location keeps a variant no more.", StockGone)
CHANNEL_CHANGED = kind("channel.changed", "Staff changed a storefront's settings.", ChannelView)
STOREFRONT_CHANGED = kind(
    "storefront.changed",
    "Staff changed the logo, colours or texts of a storefront.",
    StorefrontSettingsView,
)
LEGAL_PAGE = resource("legal_page", "a legal page", StaffLegalPageView)
LOCATION = resource("location", "a place that keeps stock", LocationView)
SHIPPING_OPTION = resource("shipping_option", "a way of shipping", StaffShippingOptionView)
ZONE = resource("zone", "a zone", ZoneView)
TAX_CLASS = resource("tax_class", "a tax class", TaxClassView)
TAX_RATE = resource("tax_rate", "a tax rate", TaxRateView)
