from trastienda.handlers.catalogue.categories import (
    change_category,
    create_category,
    delete_category,
    get_category,
    list_all_categories,
    move_category,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("catalogue.read")], [requires("catalogue.write")]
ONE = "/categories/{category_id:uuid}"

categories = [
    Router("/categories", route_handlers=[list_all_categories], guards=READ),
    Router("/categories", route_handlers=[create_category], guards=WRITE),
    Router(ONE, route_handlers=[get_category], guards=READ),
    Router(ONE, route_handlers=[change_category, delete_category], guards=WRITE),
    Router(f"{ONE}/move", route_handlers=[move_category], guards=WRITE),
]
