from trastienda.handlers.pages.admin.people import customers, keys, staff
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("customers.read")], [requires("customers.write")]
ERASE = [*WRITE, requires("customers.erase")]
EXPORT = [*WRITE, requires("orders.read")]
STAFF, WRITE_STAFF = [requires("staff.read")], [requires("staff.write")]
WRITE_KEYS = [requires("keys.write"), requires("staff.read")]
ONE = "/customers/{user_id:uuid}"

people = [
    Router("/customers", route_handlers=[customers.show_customers], guards=READ),
    Router(ONE, route_handlers=[customers.show_customer], guards=READ),
    Router(f"{ONE}/notes", route_handlers=[customers.note_customer_by_form], guards=WRITE),
    Router(f"{ONE}/export", route_handlers=[customers.download_customer], guards=EXPORT),
    Router(f"{ONE}/erase", route_handlers=[customers.erase_customer_by_form], guards=ERASE),
    Router("/staff", route_handlers=[staff.show_staff], guards=STAFF),
    Router("/staff/invitations", route_handlers=[staff.invite_by_form], guards=WRITE_STAFF),
    Router(
        "/staff/invitations/{invitation_id:uuid}/withdraw",
        route_handlers=[staff.withdraw_invitation_by_form],
        guards=WRITE_STAFF,
    ),
    Router(
        "/staff/{user_id:uuid}", route_handlers=[staff.change_staff_by_form], guards=WRITE_STAFF
    ),
    Router("/keys", route_handlers=[keys.show_keys, keys.make_key_by_form], guards=WRITE_KEYS),
    Router(
        "/keys/{key_id:uuid}/revoke", route_handlers=[keys.revoke_key_by_form], guards=WRITE_KEYS
    ),
]
