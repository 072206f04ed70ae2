from trastienda.handlers.ledger.reports import (
    export_gift_cards,
    export_payments,
    export_sales,
    export_stock,
    export_taxes,
    report_gift_cards,
    report_payments,
    report_sales,
    report_stock,
    report_taxes,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ = [requires("reports.read")]

reports = [
    Router("/reports/sales", route_handlers=[report_sales], guards=READ),
    Router("/reports/sales.csv", route_handlers=[export_sales], guards=READ),
    Router("/reports/taxes", route_handlers=[report_taxes], guards=READ),
    Router("/reports/taxes.csv", route_handlers=[export_taxes], guards=READ),
    Router("/reports/payments", route_handlers=[report_payments], guards=READ),
    Router("/reports/payments.csv", route_handlers=[export_payments], guards=READ),
    Router("/reports/gift-cards", route_handlers=[report_gift_cards], guards=READ),
    Router("/reports/gift-cards.csv", route_handlers=[export_gift_cards], guards=READ),
    Router("/reports/stock", route_handlers=[report_stock], guards=READ),
    Router("/reports/stock.csv", route_handlers=[export_stock], guards=READ),
]
