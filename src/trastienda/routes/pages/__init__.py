"""Every page: the storefront's, the admin's, and what they share."""

from trastienda.handlers.docs import go_to_docs
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.requests.validation import ANY_QUERY
from trastienda.routes.pages.admin.pages import admin_pages
from trastienda.routes.pages.shared import development, shared
from trastienda.routes.pages.storefront.accounts import accounts
from trastienda.routes.pages.storefront.carts import carts
from trastienda.routes.pages.storefront.catalogue import catalogue
from trastienda.routes.pages.storefront.discovery import discovery
from trastienda.routes.pages.storefront.orders import orders

ANYTHING_ASKED = {ANY_QUERY: True}
"""Pages take any query parameter: other sites add theirs to links (`utm_source`)."""


common = Router("/", route_handlers=shared, include_in_schema=False, opt=ANYTHING_ASKED)
admin = Router("/admin", route_handlers=admin_pages, include_in_schema=False, opt=ANYTHING_ASKED)
for_developers = Router(
    "/", route_handlers=development, include_in_schema=False, opt=ANYTHING_ASKED
)
storefront = Router(
    "/",
    route_handlers=[*catalogue, *carts, *orders, *accounts, *discovery],
    include_in_schema=False,
    opt=ANYTHING_ASKED,
)
without_storefront = Router("/", route_handlers=[go_to_docs], include_in_schema=False)
"""Instead of the storefront: the shop's address leads to the API page."""
