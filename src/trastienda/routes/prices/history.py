from trastienda.handlers.prices.history import get_price_history
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

PATH = "/variants/{sku:str}/price-history"

price_history = [
    Router(PATH, route_handlers=[get_price_history], guards=[requires("pricing.read")])
]
