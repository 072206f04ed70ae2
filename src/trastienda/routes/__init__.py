"""Every path the shop answers."""

from trastienda.handlers.shared.tables import Router
from trastienda.routes.accounts.address_book import address_book
from trastienda.routes.accounts.passwords import passwords
from trastienda.routes.accounts.sessions import sessions
from trastienda.routes.accounts.staff import accepting
from trastienda.routes.accounts.users import users
from trastienda.routes.admin import admin
from trastienda.routes.carts.carts import carts
from trastienda.routes.catalogue.media import media
from trastienda.routes.catalogue.products import products
from trastienda.routes.credit.store_credit import my_store_credit
from trastienda.routes.docs import docs
from trastienda.routes.draft_orders.draft_orders import draft_orders
from trastienda.routes.health import health
from trastienda.routes.invoices.invoices import invoices
from trastienda.routes.mail.mailbox import mailbox
from trastienda.routes.mail.unsubscribe import unsubscribing
from trastienda.routes.media.media import files
from trastienda.routes.metrics import metrics
from trastienda.routes.orders.orders import orders
from trastienda.routes.payments.payments import payments
from trastienda.routes.problems import problems
from trastienda.routes.returns.returns import returns
from trastienda.routes.storefront.storefront import storefront

v1 = Router(
    "/v1",
    route_handlers=[
        *products,
        *storefront,
        *carts,
        *orders,
        *draft_orders,
        *my_store_credit,
        *payments,
        *invoices,
        *returns,
        *sessions,
        *users,
        *passwords,
        *address_book,
        *accepting,
        *unsubscribing,
        admin,
    ],
)
api = Router(
    "/", route_handlers=[*health, *metrics, *docs, *problems, *media, *files, *mailbox, v1]
)
