from trastienda.handlers.pricing.preview import preview_pricing
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

pricing = [
    Router("/pricing/preview", route_handlers=[preview_pricing], guards=[requires("pricing.read")]),
]
