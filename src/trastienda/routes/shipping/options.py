from trastienda.handlers.shared.tables import Router
from trastienda.handlers.shipping.options import (
    change_shipping_option,
    create_shipping_option,
    delete_shipping_option,
    get_shipping_option,
    list_all_shipping_options,
)
from trastienda.middlewares.identity.access import requires

# Staff for the catalogue and for orders need to know the shipping options, so every role may read.
READ, WRITE = [requires("catalogue.read")], [requires("settings.write")]
ALL, ONE = "/shipping-options", "/shipping-options/{option_id:uuid}"

shipping_options = [
    Router(ALL, route_handlers=[list_all_shipping_options], guards=READ),
    Router(ALL, route_handlers=[create_shipping_option], guards=WRITE),
    Router(ONE, route_handlers=[get_shipping_option], guards=READ),
    Router(ONE, route_handlers=[change_shipping_option, delete_shipping_option], guards=WRITE),
]
