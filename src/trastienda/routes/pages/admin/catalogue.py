from trastienda.handlers.pages.admin.beside import acting
from trastienda.handlers.pages.admin.catalogue import (
    imports,
    matrix,
    preview,
    products,
    stock,
    tree,
    uploads,
    variant,
)
from trastienda.handlers.pages.admin.catalogue.editor import PRODUCTS
from trastienda.handlers.pages.admin.kinds.categories import CATEGORIES
from trastienda.handlers.pages.admin.records.pages import pages
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires
from trastienda.middlewares.requests.rates import UPLOADS, limited

READ, WRITE = [requires("catalogue.read")], [requires("catalogue.write")]
SEE_STOCK, WRITE_STOCK = [requires("stock.read")], [requires("stock.write")]
CATEGORY, EDITOR = pages(CATEGORIES), pages(PRODUCTS)
ONE = "/products/{record_id:str}"
IMPORT = "/imports/{import_id:uuid}"
VARIANT = "/products/{product_id:uuid}/variants/{sku:str}"

catalogue = [
    Router(
        "/media/upload",
        route_handlers=[uploads.upload_by_form],
        guards=[requires("media.write"), limited(UPLOADS)],
    ),
    Router("/categories", route_handlers=[tree.show_tree], guards=READ),
    Router("/categories", route_handlers=[tree.move_category_by_form], guards=WRITE),
    Router("/categories/new", route_handlers=[CATEGORY.new, CATEGORY.create], guards=WRITE),
    Router("/categories/{record_id:str}", route_handlers=[CATEGORY.show], guards=READ),
    Router("/categories/{record_id:str}", route_handlers=[CATEGORY.change], guards=WRITE),
    Router("/categories/{record_id:str}/delete", route_handlers=[CATEGORY.remove], guards=WRITE),
    Router("/imports", route_handlers=[imports.show_imports], guards=READ),
    Router(
        "/imports",
        route_handlers=[imports.upload_import_by_form],
        guards=[*WRITE, limited(UPLOADS)],
    ),
    Router(IMPORT, route_handlers=[imports.show_import], guards=READ),
    Router(f"{IMPORT}/start", route_handlers=[imports.start_import_by_form], guards=WRITE),
    Router(f"{IMPORT}/cancel", route_handlers=[imports.cancel_import_by_form], guards=WRITE),
    Router("/products", route_handlers=[products.show_products], guards=READ),
    Router("/products/new", route_handlers=[EDITOR.new, EDITOR.create], guards=WRITE),
    Router(
        "/products/prices/{sku:str}",
        route_handlers=[acting.show_prices],
        guards=[requires("pricing.read")],
    ),
    Router(
        "/products/{product_id:uuid}/in-list",
        route_handlers=[products.change_in_list],
        guards=WRITE,
    ),
    Router(ONE, route_handlers=[EDITOR.show], guards=READ),
    Router(ONE, route_handlers=[EDITOR.change], guards=WRITE),
    Router(
        "/products/{product_id:uuid}/preview", route_handlers=[preview.show_preview], guards=READ
    ),
    Router(
        "/products/{product_id:uuid}/variants",
        route_handlers=[matrix.show_matrix, matrix.make_variants_by_form],
        guards=WRITE,
    ),
    Router(VARIANT, route_handlers=[variant.show_variant], guards=READ),
    Router(VARIANT, route_handlers=[variant.change_variant], guards=WRITE),
    Router(f"{VARIANT}/delete", route_handlers=[variant.remove_variant], guards=WRITE),
    Router(f"{ONE}/delete", route_handlers=[EDITOR.remove], guards=WRITE),
]
stock_pages = [
    Router("/stock", route_handlers=[stock.show_stock], guards=SEE_STOCK),
    Router(
        "/stock/count",
        route_handlers=[stock.show_count, stock.count_by_form],
        guards=[*SEE_STOCK, *WRITE_STOCK],
    ),
    Router("/stock/sku/{sku:str}", route_handlers=[stock.show_sku], guards=SEE_STOCK),
    Router("/stock/sku/{sku:str}", route_handlers=[stock.move_by_form], guards=WRITE_STOCK),
]
