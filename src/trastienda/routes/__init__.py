"""Every path the shop answers."""

from litestar import Router

from trastienda.routes.health import health

api = Router("/", route_handlers=[*health])
