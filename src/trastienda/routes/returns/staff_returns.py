from trastienda.handlers.returns.policy import change_return_policy, get_return_policy
from trastienda.handlers.returns.reasons import (
    change_return_reason,
    create_return_reason,
    delete_return_reason,
    get_return_reason,
    list_return_reasons,
)
from trastienda.handlers.returns.staff_returns import (
    approve_return,
    close_return,
    exchange_return,
    get_return,
    get_returnable_for_staff,
    list_all_returns,
    make_return,
    preview_settlement,
    receive_return,
    refuse_return,
    withdraw_return,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("returns.read")], [requires("returns.write")]
SETTINGS = [requires("settings.write")]
ORDER = "/orders/{order_id:uuid}"
ONE = "/returns/{return_id:uuid}"
REASON = "/return-reasons/{reason_id:uuid}"

returns = [
    Router("/returns", route_handlers=[list_all_returns], guards=READ),
    Router(ONE, route_handlers=[get_return], guards=READ),
    Router(f"{ONE}/settlement", route_handlers=[preview_settlement], guards=READ),
    Router(f"{ONE}/approve", route_handlers=[approve_return], guards=WRITE),
    Router(f"{ONE}/refuse", route_handlers=[refuse_return], guards=WRITE),
    Router(f"{ONE}/withdraw", route_handlers=[withdraw_return], guards=WRITE),
    Router(f"{ONE}/receipts", route_handlers=[receive_return], guards=WRITE),
    Router(f"{ONE}/exchange", route_handlers=[exchange_return], guards=WRITE),
    Router(f"{ONE}/close", route_handlers=[close_return], guards=WRITE),
    Router(f"{ORDER}/returnable", route_handlers=[get_returnable_for_staff], guards=READ),
    Router(f"{ORDER}/returns", route_handlers=[make_return], guards=WRITE),
    Router("/return-reasons", route_handlers=[list_return_reasons], guards=READ),
    Router("/return-reasons", route_handlers=[create_return_reason], guards=WRITE),
    Router(REASON, route_handlers=[get_return_reason], guards=READ),
    Router(REASON, route_handlers=[change_return_reason, delete_return_reason], guards=WRITE),
    Router("/return-policy", route_handlers=[get_return_policy], guards=READ),
    Router("/return-policy", route_handlers=[change_return_policy], guards=SETTINGS),
]
