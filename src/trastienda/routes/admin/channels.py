from litestar import Router

from trastienda.handlers.admin.channels import change_channel, get_channel
from trastienda.middlewares.access import requires

# Whoever writes products has to know the currencies and the first language: every role reads.
READ, WRITE = [requires("catalogue.read")], [requires("settings.write")]

channels = [
    Router("/channel", route_handlers=[get_channel], guards=READ),
    Router("/channel", route_handlers=[change_channel], guards=WRITE),
]
