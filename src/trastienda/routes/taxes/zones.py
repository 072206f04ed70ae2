from trastienda.handlers.shared.tables import Router
from trastienda.handlers.taxes.zones import (
    change_zone,
    create_zone,
    delete_zone,
    get_zone,
    list_zones,
)
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("catalogue.read")], [requires("settings.write")]
ALL, ONE = "/zones", "/zones/{zone_id:uuid}"

zones = [
    Router(ALL, route_handlers=[list_zones], guards=READ),
    Router(ALL, route_handlers=[create_zone], guards=WRITE),
    Router(ONE, route_handlers=[get_zone], guards=READ),
    Router(ONE, route_handlers=[change_zone, delete_zone], guards=WRITE),
]
