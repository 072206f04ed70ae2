"""Every path the shop answers."""

from litestar import Router

from trastienda.routes.docs import docs
from trastienda.routes.health import health

api = Router("/", route_handlers=[*health, *docs])
