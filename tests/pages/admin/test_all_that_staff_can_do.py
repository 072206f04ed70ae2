"""All that the API can do for staff can be done in the admin, or it is said here why not."""

import ast
from collections.abc import Iterator
from pathlib import Path

from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from trastienda.routes.admin import admin

ROOT = Path(__file__).parents[3] / "src" / "trastienda"
PAGES = ROOT / "handlers" / "pages" / "admin"
EXCEPTIONS = {
    "report_bounce": "mail servers send these reports, not people",
    "preview_pricing": "for programs; promotions are simulated, and orders explained, on pages",
    "preview_letter": "the page of a wording links to it",
    "stream_events": "the first page and the list of events follow it",
    "get_event": "the list of events shows each whole",
    "get_invoice": "the lists of invoices, and the order, show each whole",
    "get_invoice_pdf": "the pages link to the file",
    "get_invoice_xml": "the pages link to the file",
    "export_sales": "the page of reports links to the file",
    "export_taxes": "the page of reports links to the file",
    "export_payments": "the page of reports links to the file",
    "export_stock": "the page of reports links to the file",
    "export_coupons": "the page of a promotion links to the file",
    "get_refund": "the page of an order shows all of its refunds",
    "get_fulfilment": "the page of an order shows all of its parcels",
    "get_coupon": "the page of a promotion lists them with all that they have",
    "get_staff_member": "the list of staff shows all that there is of each",
}
IGNORED = {"quoted", "once"}


def _calls(tree: ast.AST, names: dict[str, str]) -> Iterator[str]:
    """Name what is used of controllers and services, as `module.function`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id in names:
                yield f"{names[node.value.id]}.{node.attr}"
        elif isinstance(node, ast.Name) and node.id in names:
            yield names[node.id]


def _imported(tree: ast.Module) -> dict[str, str]:
    """Return what a module calls the controllers and services that it imports."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith(("trastienda.controllers", "trastienda.services"))
        for alias in node.names
        if alias.name not in IGNORED
    }


def _used(function: ast.AST, names: dict[str, str]) -> set[str]:
    found = set(_calls(function, names))
    return {it for it in found if it not in names.values() or it.rpartition(".")[2].islower()}


def _doing(handler: HTTPRouteHandler) -> set[str]:
    """Return what a handler of the API calls: the functions that read or change the shop."""
    module = ROOT.parent / Path(*handler.fn.__module__.split(".")).with_suffix(".py")
    tree = ast.parse(module.read_text())
    functions = {
        it.name: it for it in tree.body if isinstance(it, ast.AsyncFunctionDef | ast.FunctionDef)
    }
    own = functions[handler.handler_name]
    helpers = {it.id for it in ast.walk(own) if isinstance(it, ast.Name)} & functions.keys()
    names = _imported(tree)
    return {
        it
        for name in {handler.handler_name, *helpers}
        for it in _used(functions[name], names)
        if it.count(".") > 3 or it.startswith("trastienda.controllers")
    }


def test_all_that_the_api_does_for_staff_is_done_by_a_page() -> None:
    done: set[str] = set()
    for file in PAGES.rglob("*.py"):
        tree = ast.parse(file.read_text())
        done |= set(_calls(tree, _imported(tree)))
    handlers = {
        handler.handler_name: handler
        for route in admin.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
    }

    missing = {
        name: sorted(_doing(handler) - done)
        for name, handler in handlers.items()
        if not _doing(handler) & done
    }
    assert missing.keys() == EXCEPTIONS.keys() & missing.keys(), missing
