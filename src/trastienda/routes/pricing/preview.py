from litestar import Router

from trastienda.handlers.pricing.preview import preview_pricing
from trastienda.middlewares.identity.access import requires

pricing = [
    Router("/pricing/preview", route_handlers=[preview_pricing], guards=[requires("pricing.read")]),
]
