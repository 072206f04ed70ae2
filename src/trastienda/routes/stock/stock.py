from trastienda.handlers.shared.tables import Router
from trastienda.handlers.stock.stock import (
    count_stock,
    get_stock,
    list_movements,
    list_stock,
    move_stock,
)
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("stock.read")], [requires("stock.write")]
ONE = "/stock/{sku:str}"

stock = [
    Router("/stock", route_handlers=[list_stock], guards=READ),
    Router(ONE, route_handlers=[get_stock], guards=READ),
    Router(f"{ONE}/movements", route_handlers=[list_movements], guards=READ),
    Router(f"{ONE}/movements", route_handlers=[move_stock], guards=WRITE),
    Router(f"{ONE}/counts", route_handlers=[count_stock], guards=WRITE),
]
