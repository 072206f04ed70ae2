from litestar import Router

from trastienda.handlers.health import check_live, check_ready

health = [
    Router("/health/live", route_handlers=[check_live]),
    Router("/health/ready", route_handlers=[check_ready]),
]
