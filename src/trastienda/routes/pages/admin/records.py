"""What staff list, write and delete in one way, with the scopes to see and to write it."""

from trastienda.handlers.pages.admin.kinds.credit import GIFT_CARDS, STORE_CREDIT
from trastienda.handlers.pages.admin.kinds.media import MEDIA
from trastienda.handlers.pages.admin.kinds.outside import PAYMENT_PROVIDERS, WEBHOOKS
from trastienda.handlers.pages.admin.kinds.people import (
    CUSTOMER_GROUPS,
    LOCATIONS,
    RETURN_REASONS,
)
from trastienda.handlers.pages.admin.kinds.prices import EXCHANGE_RATES, PRICE_LISTS
from trastienda.handlers.pages.admin.kinds.promotions import PROMOTIONS
from trastienda.handlers.pages.admin.kinds.settings import (
    CHANNEL,
    INVOICE_SETTINGS,
    RETURN_POLICY,
)
from trastienda.handlers.pages.admin.kinds.shipping import SHIPPING_OPTIONS
from trastienda.handlers.pages.admin.kinds.storefront import LEGAL_PAGES, STOREFRONT
from trastienda.handlers.pages.admin.kinds.taxes import TAX_CLASSES, TAX_RATES, ZONES
from trastienda.handlers.pages.admin.orders.drafts import DRAFT_ORDERS
from trastienda.handlers.pages.admin.records.pages import pages, single
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

KINDS = [
    (pages(DRAFT_ORDERS), requires("orders.read"), requires("orders.write")),
    (pages(CUSTOMER_GROUPS), requires("customers.read"), requires("customers.write")),
    (pages(EXCHANGE_RATES), requires("pricing.read"), requires("pricing.write")),
    (pages(GIFT_CARDS), requires("credit.read"), requires("credit.write")),
    (pages(LOCATIONS), requires("stock.read"), requires("stock.write")),
    (pages(MEDIA), requires("media.read"), requires("media.write")),
    (pages(PAYMENT_PROVIDERS), requires("providers.read"), requires("providers.write")),
    (pages(PRICE_LISTS), requires("pricing.read"), requires("pricing.write")),
    (pages(PROMOTIONS), requires("pricing.read"), requires("pricing.write")),
    (pages(RETURN_REASONS), requires("returns.read"), requires("returns.write")),
    (pages(SHIPPING_OPTIONS), requires("catalogue.read"), requires("settings.write")),
    (pages(STORE_CREDIT), requires("credit.read"), requires("credit.write")),
    (pages(TAX_CLASSES), requires("pricing.read"), requires("settings.write")),
    (pages(TAX_RATES), requires("pricing.read"), requires("settings.write")),
    (pages(WEBHOOKS), requires("webhooks.read"), requires("webhooks.write")),
    (pages(ZONES), requires("catalogue.read"), requires("settings.write")),
]
SINGLES = [
    (single(CHANNEL), requires("catalogue.read"), requires("settings.write")),
    (single(INVOICE_SETTINGS), requires("invoices.read"), requires("settings.write")),
    (single(RETURN_POLICY), requires("returns.read"), requires("settings.write")),
    (single(STOREFRONT), requires("catalogue.read"), requires("settings.write")),
]
FIXED = [(pages(LEGAL_PAGES), requires("catalogue.read"), requires("settings.write"))]
"""Kinds of which there is a fixed number: each is written, and none is added."""
records = [
    Router(f"{it.path}/new", route_handlers=[it.new, it.create], guards=[write])
    for it, _, write in KINDS
]
records += [
    router
    for it, read, write in KINDS + FIXED
    for router in (
        Router(it.path, route_handlers=[it.every], guards=[read]),
        Router(f"{it.path}/{{record_id:str}}", route_handlers=[it.show], guards=[read]),
        Router(f"{it.path}/{{record_id:str}}", route_handlers=[it.change], guards=[write]),
        Router(f"{it.path}/{{record_id:str}}/delete", route_handlers=[it.remove], guards=[write]),
    )
]
singles = [
    router
    for it, read, write in SINGLES
    for router in (
        Router(it.path, route_handlers=[it.show], guards=[read]),
        Router(it.path, route_handlers=[it.change], guards=[write]),
    )
]
