"""The admin: every page below /admin, with the scope it needs."""

from litestar import Router

from trastienda.handlers.pages.admin.home import search_admin, show_admin
from trastienda.handlers.pages.admin.reports import show_report
from trastienda.middlewares.identity.access import requires, staff_only
from trastienda.routes.pages.admin.beside import beside
from trastienda.routes.pages.admin.catalogue import catalogue, stock_pages
from trastienda.routes.pages.admin.operations import operations
from trastienda.routes.pages.admin.orders import draft_orders, money, orders, returns
from trastienda.routes.pages.admin.people import people
from trastienda.routes.pages.admin.records import records, singles

admin_pages = [
    Router("/", route_handlers=[show_admin], guards=[staff_only]),
    Router("/search", route_handlers=[search_admin], guards=[staff_only]),
    Router("/reports", route_handlers=[show_report], guards=[requires("reports.read")]),
    *orders,
    *money,
    *returns,
    *draft_orders,
    *catalogue,
    *stock_pages,
    *people,
    *operations,
    *beside,
    *records,
    *singles,
]
