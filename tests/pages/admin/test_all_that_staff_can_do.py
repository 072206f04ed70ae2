"""All that the API can do for staff can be done in the admin, or it is said here why not."""

import ast
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from trastienda.handlers.pages.admin import kinds
from trastienda.handlers.pages.admin.catalogue import variant
from trastienda.handlers.pages.admin.catalogue.editor import PRODUCTS
from trastienda.handlers.pages.admin.orders.drafts import DRAFT_ORDERS
from trastienda.handlers.pages.admin.records.fields import specs
from trastienda.handlers.pages.admin.records.record import Record
from trastienda.routes.admin import admin
from trastienda.schemas.catalogue.product_draft import VariantChange

ROOT = Path(__file__).parents[3] / "src" / "trastienda"
PAGES = ROOT / "handlers" / "pages" / "admin"
EXCEPTIONS = {
    "report_bounce": "mail servers send these reports, not people",
    "preview_pricing": "for programs; promotions are simulated, and orders explained, on pages",
    "preview_letter": "the page of a wording links to it",
    "list_events": "for programs that follow; the page of events reads the newest first",
    "stream_events": "the first page and the list of events follow it",
    "get_event": "the list of events shows each whole",
    "get_invoice": "the lists of invoices, and the order, show each whole",
    "get_invoice_pdf": "the pages link to the file",
    "get_invoice_xml": "the pages link to the file",
    "export_coupons": "the page of a promotion links to the file",
    "get_refund": "the page of an order shows all of its refunds",
    "get_fulfilment": "the page of an order shows all of its parcels",
}
SHARED = {"quoted", "channels"}
"""What handlers use beside the thing that they do."""
WORK = ("trastienda.controllers", "trastienda.services")


def _imported(tree: ast.Module) -> dict[str, str]:
    """Return what a module calls the controllers and services that it imports."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(WORK)
        for alias in node.names
        if alias.name not in SHARED and alias.name[0].islower()
    }


def _calls(tree: ast.AST, names: dict[str, str]) -> set[str]:
    """Name what is used of controllers and services, as `module.function`."""
    attributes = [it for it in ast.walk(tree) if isinstance(it, ast.Attribute)]
    inside = {id(it.value) for it in attributes}
    found = {
        f"{names[it.value.id]}.{it.attr}"
        for it in attributes
        if isinstance(it.value, ast.Name) and it.value.id in names and it.attr[0].islower()
    }
    plain = (it for it in ast.walk(tree) if isinstance(it, ast.Name) and id(it) not in inside)
    return found | {names[it.id] for it in plain if it.id in names}


def _doing(handler: HTTPRouteHandler) -> set[str]:
    """Return what a handler of the API has done: by controllers, or else read by services."""
    module = ROOT.parent / Path(*handler.fn.__module__.split(".")).with_suffix(".py")
    tree = ast.parse(module.read_text())
    functions = {
        it.name: it for it in tree.body if isinstance(it, ast.AsyncFunctionDef | ast.FunctionDef)
    }
    own = functions[handler.handler_name]
    helpers = {it.id for it in ast.walk(own) if isinstance(it, ast.Name)} & functions.keys()
    names = _imported(tree)
    used = {it for name in {own.name, *helpers} for it in _calls(functions[name], names)}
    return {it for it in used if it.startswith(WORK[0])} or used


def test_all_that_the_api_does_for_staff_is_done_by_a_page() -> None:
    done: set[str] = set()
    for file in PAGES.rglob("*.py"):
        tree = ast.parse(file.read_text())
        done |= _calls(tree, _imported(tree))
    handlers = {
        handler.handler_name: handler
        for route in admin.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if handler.fn.__module__.startswith("trastienda.")
    }

    missing = {name: _doing(it) - done for name, it in handlers.items() if not _doing(it) <= done}
    assert len(handlers) > 150
    assert missing.keys() - EXCEPTIONS.keys() == set(), missing
    assert EXCEPTIONS.keys() - missing.keys() == set()


LEFT_OUT = {
    "gift-cards": {"country"},  # it only decides when a card expires, which the form says itself
    "store-credit": {"user_id"},  # people name an account by its address
}


def test_every_field_of_a_record_stands_in_its_form() -> None:
    records = {
        it.path: set(it.specs) - {field.name for field in it.fields} - {"version"}
        for module in iter_modules(kinds.__path__)
        for it in vars(import_module(f"{kinds.__name__}.{module.name}")).values()
        if isinstance(it, Record)
    }
    records |= {
        it.path: set(it.specs) - {field.name for field in it.fields}
        for it in (DRAFT_ORDERS, PRODUCTS)
    }

    own = {field.name for section in variant.SECTIONS for field in section.fields}
    records["variants"] = set(specs(VariantChange)) - own

    missing = {path: names for path, names in records.items() if names}
    assert {path: names - LEFT_OUT.get(path, set()) for path, names in missing.items()} == {
        path: {"id"} & names for path, names in missing.items()
    }
