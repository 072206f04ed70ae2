from trastienda.handlers.credit.gift_cards import (
    adjust_gift_card,
    change_gift_card,
    get_gift_card,
    issue_gift_card,
    issue_gift_cards,
    list_gift_cards,
    send_gift_card,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("credit.read")], [requires("credit.write")]
ALL, ONE = "/gift-cards", "/gift-cards/{card_id:uuid}"

gift_cards = [
    Router(ALL, route_handlers=[list_gift_cards], guards=READ),
    Router(ALL, route_handlers=[issue_gift_card], guards=WRITE),
    Router(f"{ALL}/bulk", route_handlers=[issue_gift_cards], guards=WRITE),
    Router(ONE, route_handlers=[get_gift_card], guards=READ),
    Router(ONE, route_handlers=[change_gift_card], guards=WRITE),
    Router(f"{ONE}/adjustments", route_handlers=[adjust_gift_card], guards=WRITE),
    Router(f"{ONE}/send", route_handlers=[send_gift_card], guards=WRITE),
]
