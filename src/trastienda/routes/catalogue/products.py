from trastienda.handlers.catalogue.products import (
    count_filters,
    get_product,
    list_categories,
    list_products,
)
from trastienda.handlers.shared.tables import Router

products = [
    Router("/products", route_handlers=[list_products]),
    Router("/product-filters", route_handlers=[count_filters]),
    Router("/products/{slug:str}", route_handlers=[get_product]),
    Router("/categories", route_handlers=[list_categories]),
]
