from trastienda.handlers.accounts.address_book import (
    add_address,
    change_address,
    get_address,
    list_addresses,
    remove_address,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import customers

ALL, MINE = "/users/me/addresses", [customers]

address_book = [
    Router(ALL, route_handlers=[list_addresses, add_address], guards=MINE),
    Router(
        f"{ALL}/{{address_id:uuid}}",
        route_handlers=[get_address, change_address, remove_address],
        guards=MINE,
    ),
]
