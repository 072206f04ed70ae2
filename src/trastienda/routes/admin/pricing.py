from litestar import Router

from trastienda.handlers.admin.pricing import preview_pricing
from trastienda.middlewares.access import requires

pricing = [
    Router("/pricing/preview", route_handlers=[preview_pricing], guards=[requires("pricing.read")]),
]
