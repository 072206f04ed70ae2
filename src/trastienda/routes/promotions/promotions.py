from trastienda.handlers.promotions.promotions import (
    change_promotion,
    create_promotion,
    delete_promotion,
    get_promotion,
    list_promotions,
    simulate_promotion,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("pricing.read")], [requires("pricing.write")]
ALL, ONE = "/promotions", "/promotions/{promotion_id:uuid}"

promotions = [
    Router(ALL, route_handlers=[list_promotions], guards=READ),
    Router(ALL, route_handlers=[create_promotion], guards=WRITE),
    Router(ONE, route_handlers=[get_promotion], guards=READ),
    Router(ONE, route_handlers=[change_promotion, delete_promotion], guards=WRITE),
    Router(f"{ONE}/simulate", route_handlers=[simulate_promotion], guards=READ),
]
