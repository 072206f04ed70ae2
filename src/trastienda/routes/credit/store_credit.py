from trastienda.handlers.credit.looking import check_gift_card
from trastienda.handlers.credit.store_credit import (
    adjust_store_credit,
    get_my_store_credit,
    get_store_credit,
    give_store_credit,
    list_store_credit,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import customers, requires

READ, WRITE = [requires("credit.read")], [requires("credit.write")]
ALL, ONE = "/store-credit", "/store-credit/{account_id:uuid}"

store_credit = [
    Router(ALL, route_handlers=[list_store_credit], guards=READ),
    Router(ALL, route_handlers=[give_store_credit], guards=WRITE),
    Router(ONE, route_handlers=[get_store_credit], guards=READ),
    Router(f"{ONE}/adjustments", route_handlers=[adjust_store_credit], guards=WRITE),
]
my_store_credit = [
    Router("/gift-cards/balance", route_handlers=[check_gift_card]),
    Router("/store-credit", route_handlers=[get_my_store_credit], guards=[customers]),
]
