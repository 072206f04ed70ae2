from trastienda.handlers.shared.tables import Router
from trastienda.handlers.storefront.legal_pages import (
    delete_legal_page,
    get_legal_page,
    get_legal_page_for_staff,
    list_legal_pages,
    put_legal_page,
)
from trastienda.handlers.storefront.settings import (
    change_storefront,
    get_storefront,
    get_storefront_settings,
)
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("catalogue.read")], [requires("settings.write")]

storefront = [
    Router("/storefront", route_handlers=[get_storefront]),
    Router("/legal-pages/{kind:str}", route_handlers=[get_legal_page]),
]
storefront_for_staff = [
    Router("/storefront", route_handlers=[get_storefront_settings], guards=READ),
    Router("/storefront", route_handlers=[change_storefront], guards=WRITE),
    Router("/legal-pages", route_handlers=[list_legal_pages], guards=READ),
    Router("/legal-pages/{kind:str}", route_handlers=[get_legal_page_for_staff], guards=READ),
    Router(
        "/legal-pages/{kind:str}", route_handlers=[put_legal_page, delete_legal_page], guards=WRITE
    ),
]
