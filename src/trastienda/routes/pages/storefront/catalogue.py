from trastienda.handlers.pages.storefront.catalogue.products import (
    show_category,
    show_home,
    show_product,
    show_products,
)
from trastienda.handlers.shared.tables import Router

catalogue = [
    Router("/", route_handlers=[show_home]),
    Router("/products", route_handlers=[show_products]),
    Router("/products/{slug:str}", route_handlers=[show_product]),
    Router("/categories/{slug:str}", route_handlers=[show_category]),
]
