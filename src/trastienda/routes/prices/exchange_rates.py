from trastienda.handlers.prices.exchange_rates import (
    delete_exchange_rate,
    get_exchange_rate,
    list_exchange_rates,
    set_exchange_rate,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("pricing.read")], [requires("pricing.write")]
ALL, ONE = "/exchange-rates", "/exchange-rates/{currency:str}"

exchange_rates = [
    Router(ALL, route_handlers=[list_exchange_rates], guards=READ),
    Router(ONE, route_handlers=[get_exchange_rate], guards=READ),
    Router(ONE, route_handlers=[set_exchange_rate, delete_exchange_rate], guards=WRITE),
]
