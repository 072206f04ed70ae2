from trastienda.handlers.shared.tables import Router
from trastienda.handlers.taxes.taxes import (
    change_tax_class,
    change_tax_rate,
    create_tax_class,
    create_tax_rate,
    delete_tax_class,
    delete_tax_rate,
    get_tax_class,
    get_tax_rate,
    list_tax_classes,
    list_tax_rates,
)
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("pricing.read")], [requires("settings.write")]
CLASSES, CLASS = "/tax-classes", "/tax-classes/{class_id:uuid}"
RATES, RATE = "/tax-rates", "/tax-rates/{rate_id:uuid}"

taxes = [
    Router(CLASSES, route_handlers=[list_tax_classes], guards=READ),
    Router(CLASSES, route_handlers=[create_tax_class], guards=WRITE),
    Router(CLASS, route_handlers=[get_tax_class], guards=READ),
    Router(CLASS, route_handlers=[change_tax_class, delete_tax_class], guards=WRITE),
    Router(RATES, route_handlers=[list_tax_rates], guards=READ),
    Router(RATES, route_handlers=[create_tax_rate], guards=WRITE),
    Router(RATE, route_handlers=[get_tax_rate], guards=READ),
    Router(RATE, route_handlers=[change_tax_rate, delete_tax_rate], guards=WRITE),
]
