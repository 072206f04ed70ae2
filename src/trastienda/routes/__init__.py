"""Every path the shop answers."""

from litestar import Router

from trastienda.routes.admin import admin
from trastienda.routes.carts import carts
from trastienda.routes.docs import docs
from trastienda.routes.health import health
from trastienda.routes.mailbox import mailbox
from trastienda.routes.media import media
from trastienda.routes.metrics import metrics
from trastienda.routes.orders import orders
from trastienda.routes.products import products
from trastienda.routes.sessions import sessions
from trastienda.routes.unsubscribe import unsubscribing
from trastienda.routes.users import users

v1 = Router(
    "/v1", route_handlers=[*products, *carts, *orders, *sessions, *users, *unsubscribing, admin]
)
api = Router("/", route_handlers=[*health, *metrics, *docs, *media, *mailbox, v1])
