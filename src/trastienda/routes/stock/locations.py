from trastienda.handlers.shared.tables import Router
from trastienda.handlers.stock.locations import (
    change_location,
    create_location,
    delete_location,
    get_location,
    list_locations,
)
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("stock.read")], [requires("stock.write")]
ONE = "/locations/{location_id:uuid}"

locations = [
    Router("/locations", route_handlers=[list_locations], guards=READ),
    Router("/locations", route_handlers=[create_location], guards=WRITE),
    Router(ONE, route_handlers=[get_location], guards=READ),
    Router(ONE, route_handlers=[change_location, delete_location], guards=WRITE),
]
