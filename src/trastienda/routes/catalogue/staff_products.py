from trastienda.handlers.catalogue.staff_products import (
    change_product,
    create_product,
    delete_product,
    delete_variant,
    get_product_for_staff,
    list_all_products,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("catalogue.read")], [requires("catalogue.write")]
ONE = "/products/{product_id:uuid}"

products = [
    Router("/products", route_handlers=[list_all_products], guards=READ),
    Router("/products", route_handlers=[create_product], guards=WRITE),
    Router(ONE, route_handlers=[get_product_for_staff], guards=READ),
    Router(ONE, route_handlers=[change_product, delete_product], guards=WRITE),
    Router(f"{ONE}/variants/{{sku:str}}", route_handlers=[delete_variant], guards=WRITE),
]
