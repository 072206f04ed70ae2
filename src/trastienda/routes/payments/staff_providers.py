from trastienda.handlers.payments.staff_providers import (
    change_payment_provider,
    check_payment_provider,
    create_payment_provider,
    delete_payment_provider,
    get_payment_provider,
    list_payment_providers,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("providers.read")], [requires("providers.write")]
ONE = "/payment-providers/{provider_id:uuid}"

payment_providers = [
    Router("/payment-providers", route_handlers=[list_payment_providers], guards=READ),
    Router("/payment-providers", route_handlers=[create_payment_provider], guards=WRITE),
    Router(ONE, route_handlers=[get_payment_provider], guards=READ),
    Router(ONE, route_handlers=[change_payment_provider, delete_payment_provider], guards=WRITE),
    Router(f"{ONE}/check", route_handlers=[check_payment_provider], guards=WRITE),
]
