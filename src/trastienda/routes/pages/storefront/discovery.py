from litestar import Router

from trastienda.handlers.pages.storefront.discovery import read_robots, read_sitemap

discovery = [
    Router("/robots.txt", route_handlers=[read_robots]),
    Router("/sitemap.xml", route_handlers=[read_sitemap]),
]
