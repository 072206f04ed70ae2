"""What staff may call: every path below /v1/admin, with the scope it needs."""

from litestar import Router

from trastienda.routes.admin.categories import categories
from trastienda.routes.admin.channels import channels
from trastienda.routes.admin.coupons import coupons
from trastienda.routes.admin.customer_groups import customer_groups
from trastienda.routes.admin.events import events
from trastienda.routes.admin.exchange_rates import exchange_rates
from trastienda.routes.admin.jobs import jobs
from trastienda.routes.admin.locations import locations
from trastienda.routes.admin.mail import mail
from trastienda.routes.admin.orders import orders
from trastienda.routes.admin.price_history import price_history
from trastienda.routes.admin.price_lists import price_lists
from trastienda.routes.admin.pricing import pricing
from trastienda.routes.admin.products import products
from trastienda.routes.admin.promotions import promotions
from trastienda.routes.admin.shipping_options import shipping_options
from trastienda.routes.admin.stock import stock
from trastienda.routes.admin.taxes import taxes
from trastienda.routes.admin.webhooks import webhooks
from trastienda.routes.admin.zones import zones

admin = Router(
    "/admin",
    route_handlers=[
        *products,
        *categories,
        *stock,
        *locations,
        *orders,
        *shipping_options,
        *channels,
        *pricing,
        *promotions,
        *coupons,
        *price_lists,
        *exchange_rates,
        *price_history,
        *customer_groups,
        *zones,
        *taxes,
        *events,
        *jobs,
        *webhooks,
        *mail,
    ],
)
