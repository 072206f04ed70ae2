from litestar import Router

from trastienda.handlers.stock.stock import get_stock, move_stock
from trastienda.middlewares.identity.access import requires

stock = [
    Router("/stock/{sku:str}", route_handlers=[get_stock], guards=[requires("stock.read")]),
    Router(
        "/stock/{sku:str}/movements",
        route_handlers=[move_stock],
        guards=[requires("stock.write")],
    ),
]
