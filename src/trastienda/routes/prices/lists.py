from trastienda.handlers.prices.lists import (
    change_price_list,
    create_price_list,
    delete_listed_prices,
    delete_price_list,
    get_price_list,
    list_listed_prices,
    list_price_lists,
    set_listed_prices,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("pricing.read")], [requires("pricing.write")]
ALL, ONE = "/price-lists", "/price-lists/{list_id:uuid}"
PRICES = f"{ONE}/prices"

price_lists = [
    Router(ALL, route_handlers=[list_price_lists], guards=READ),
    Router(ALL, route_handlers=[create_price_list], guards=WRITE),
    Router(ONE, route_handlers=[get_price_list], guards=READ),
    Router(ONE, route_handlers=[change_price_list, delete_price_list], guards=WRITE),
    Router(PRICES, route_handlers=[list_listed_prices], guards=READ),
    Router(PRICES, route_handlers=[set_listed_prices, delete_listed_prices], guards=WRITE),
]
