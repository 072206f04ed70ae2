from trastienda.handlers.shared.tables import Router
from trastienda.handlers.webhooks.deliveries import (
    get_webhook_delivery,
    list_webhook_deliveries,
    replay_webhook_delivery,
    replay_webhook_events,
    test_webhook,
)
from trastienda.handlers.webhooks.webhooks import (
    change_webhook,
    create_webhook,
    delete_webhook,
    get_webhook,
    list_webhooks,
    rotate_webhook_secret,
)
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("webhooks.read")], [requires("webhooks.write")]
ALL, ONE = "/webhooks", "/webhooks/{webhook_id:uuid}"
DELIVERIES, DELIVERY = f"{ONE}/deliveries", f"{ONE}/deliveries/{{delivery_id:uuid}}"

webhooks = [
    Router(ALL, route_handlers=[list_webhooks], guards=READ),
    Router(ALL, route_handlers=[create_webhook], guards=WRITE),
    Router(ONE, route_handlers=[get_webhook], guards=READ),
    Router(ONE, route_handlers=[change_webhook, delete_webhook], guards=WRITE),
    Router(f"{ONE}/rotate", route_handlers=[rotate_webhook_secret], guards=WRITE),
    Router(f"{ONE}/test", route_handlers=[test_webhook], guards=WRITE),
    Router(f"{ONE}/replay", route_handlers=[replay_webhook_events], guards=WRITE),
    Router(DELIVERIES, route_handlers=[list_webhook_deliveries], guards=READ),
    Router(DELIVERY, route_handlers=[get_webhook_delivery], guards=READ),
    Router(f"{DELIVERY}/replay", route_handlers=[replay_webhook_delivery], guards=WRITE),
]
