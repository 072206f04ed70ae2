from trastienda.handlers.metrics import read_metrics
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import on_this_machine_or

metrics = [
    Router(
        "/metrics",
        route_handlers=[read_metrics],
        guards=[on_this_machine_or("metrics.read")],
        include_in_schema=False,
    )
]
