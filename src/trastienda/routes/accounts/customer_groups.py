from trastienda.handlers.accounts.customer_groups import (
    add_member,
    change_customer_group,
    create_customer_group,
    delete_customer_group,
    get_customer_group,
    list_customer_groups,
    list_members,
    remove_member,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("customers.read")], [requires("customers.write")]
ALL, ONE = "/customer-groups", "/customer-groups/{group_id:uuid}"

customer_groups = [
    Router(ALL, route_handlers=[list_customer_groups], guards=READ),
    Router(ALL, route_handlers=[create_customer_group], guards=WRITE),
    Router(ONE, route_handlers=[get_customer_group], guards=READ),
    Router(ONE, route_handlers=[change_customer_group, delete_customer_group], guards=WRITE),
    Router(f"{ONE}/members", route_handlers=[list_members], guards=READ),
    Router(f"{ONE}/members", route_handlers=[add_member, remove_member], guards=WRITE),
]
