"""The admin: every page below /admin, with the scope it needs."""

from trastienda.handlers.pages.admin.home import search_admin, show_admin
from trastienda.handlers.pages.admin.reports import show_report
from trastienda.handlers.pages.admin.views import drop_view_by_form, save_view_by_form
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import customers, requires, staff_only
from trastienda.routes.pages.admin.beside import beside
from trastienda.routes.pages.admin.catalogue import catalogue, stock_pages
from trastienda.routes.pages.admin.operations import operations
from trastienda.routes.pages.admin.orders import draft_orders, money, orders, returns
from trastienda.routes.pages.admin.people import people
from trastienda.routes.pages.admin.records import records, singles

admin_pages = [
    Router("/", route_handlers=[show_admin], guards=[staff_only]),
    Router("/search", route_handlers=[search_admin], guards=[staff_only]),
    Router("/views", route_handlers=[save_view_by_form], guards=[staff_only, customers]),
    Router(
        "/views/{view_id:uuid}/delete",
        route_handlers=[drop_view_by_form],
        guards=[staff_only, customers],
    ),
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
