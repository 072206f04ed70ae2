from trastienda.handlers.health import check_live, check_ready
from trastienda.handlers.shared.tables import Router

health = [
    Router("/health/live", route_handlers=[check_live]),
    Router("/health/ready", route_handlers=[check_ready]),
]
