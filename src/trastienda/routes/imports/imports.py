from trastienda.handlers.imports.imports import (
    cancel_import,
    export_failed_rows,
    export_import_template,
    export_products,
    get_import,
    list_import_rows,
    list_imports,
    start_import,
    upload_import,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires
from trastienda.middlewares.requests.rates import UPLOADS, limited

READ, WRITE = requires("catalogue.read"), requires("catalogue.write")
ONE = "/imports/{import_id:uuid}"

imports = [
    Router("/imports", route_handlers=[list_imports], guards=[READ]),
    Router("/imports", route_handlers=[upload_import], guards=[WRITE, limited(UPLOADS)]),
    Router("/imports/template.csv", route_handlers=[export_import_template], guards=[READ]),
    Router(ONE, route_handlers=[get_import], guards=[READ]),
    Router(f"{ONE}/start", route_handlers=[start_import], guards=[WRITE]),
    Router(f"{ONE}/cancel", route_handlers=[cancel_import], guards=[WRITE]),
    Router(f"{ONE}/rows", route_handlers=[list_import_rows], guards=[READ]),
    Router(f"{ONE}/failed.csv", route_handlers=[export_failed_rows], guards=[READ]),
    Router("/products.csv", route_handlers=[export_products], guards=[READ]),
]
