"""What staff may call: every path below /v1/admin, with the scope it needs."""

from trastienda.handlers.shared.tables import Router
from trastienda.routes.accounts.customer_groups import customer_groups
from trastienda.routes.accounts.keys import keys
from trastienda.routes.accounts.staff import staff
from trastienda.routes.catalogue.categories import categories
from trastienda.routes.catalogue.staff_products import products
from trastienda.routes.channels.channels import channels
from trastienda.routes.credit.gift_cards import gift_cards
from trastienda.routes.credit.store_credit import store_credit
from trastienda.routes.customers.customers import customers
from trastienda.routes.draft_orders.staff_draft_orders import draft_orders
from trastienda.routes.events.events import events
from trastienda.routes.imports.imports import imports
from trastienda.routes.invoices.staff_invoices import invoices
from trastienda.routes.jobs.jobs import jobs
from trastienda.routes.ledger.reports import reports
from trastienda.routes.mail.mail import mail
from trastienda.routes.media.media import media
from trastienda.routes.order_edits.edits import order_edits
from trastienda.routes.orders.staff_orders import orders
from trastienda.routes.payments.staff_providers import payment_providers
from trastienda.routes.payments.staff_refunds import refunds
from trastienda.routes.prices.exchange_rates import exchange_rates
from trastienda.routes.prices.history import price_history
from trastienda.routes.prices.lists import price_lists
from trastienda.routes.pricing.preview import pricing
from trastienda.routes.promotions.coupons import coupons
from trastienda.routes.promotions.promotions import promotions
from trastienda.routes.returns.staff_returns import returns
from trastienda.routes.shipping.options import shipping_options
from trastienda.routes.stock.locations import locations
from trastienda.routes.stock.stock import stock
from trastienda.routes.storefront.storefront import storefront_for_staff
from trastienda.routes.taxes.taxes import taxes
from trastienda.routes.taxes.zones import zones
from trastienda.routes.webhooks.webhooks import webhooks

admin = Router(
    "/admin",
    route_handlers=[
        *products,
        *categories,
        *imports,
        *media,
        *stock,
        *locations,
        *orders,
        *order_edits,
        *draft_orders,
        *refunds,
        *gift_cards,
        *store_credit,
        *payment_providers,
        *returns,
        *reports,
        *invoices,
        *shipping_options,
        *channels,
        *storefront_for_staff,
        *pricing,
        *promotions,
        *coupons,
        *price_lists,
        *exchange_rates,
        *price_history,
        *customers,
        *customer_groups,
        *staff,
        *keys,
        *zones,
        *taxes,
        *events,
        *jobs,
        *webhooks,
        *mail,
    ],
)
