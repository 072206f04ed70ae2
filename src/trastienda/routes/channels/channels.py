from trastienda.handlers.channels.channels import change_channel, get_channel
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

# Every role may read: anyone who writes products has to know the currencies and the base language.
READ, WRITE = [requires("catalogue.read")], [requires("settings.write")]

channels = [
    Router("/channel", route_handlers=[get_channel], guards=READ),
    Router("/channel", route_handlers=[change_channel], guards=WRITE),
]
