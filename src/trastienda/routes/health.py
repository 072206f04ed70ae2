from litestar import Router

from trastienda.handlers.health import live

health = [Router("/health/live", route_handlers=[live])]
