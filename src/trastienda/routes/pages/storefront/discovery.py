from trastienda.handlers.pages.storefront.catalogue.discovery import read_robots, read_sitemap
from trastienda.handlers.pages.storefront.legal import show_legal_page
from trastienda.handlers.shared.tables import Router

discovery = [
    Router("/legal/{kind:str}", route_handlers=[show_legal_page]),
    Router("/robots.txt", route_handlers=[read_robots]),
    Router("/sitemap.xml", route_handlers=[read_sitemap]),
]
