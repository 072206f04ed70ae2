from trastienda.handlers.accounts.staff import (
    change_staff_member,
    get_staff_member,
    list_staff,
    reinstate_staff_member,
    remove_staff_member,
    suspend_staff_member,
)
from trastienda.handlers.accounts.staff_invitations import (
    accept_staff_invitation,
    get_staff_invitation,
    invite_staff_member,
    list_staff_invitations,
    withdraw_staff_invitation,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("staff.read")], [requires("staff.write")]
ONE, INVITATIONS = "/staff/{user_id:uuid}", "/staff/invitations"

staff = [
    Router("/staff", route_handlers=[list_staff], guards=READ),
    Router(ONE, route_handlers=[get_staff_member], guards=READ),
    Router(ONE, route_handlers=[change_staff_member, remove_staff_member], guards=WRITE),
    Router(f"{ONE}/suspend", route_handlers=[suspend_staff_member], guards=WRITE),
    Router(f"{ONE}/reinstate", route_handlers=[reinstate_staff_member], guards=WRITE),
    Router(INVITATIONS, route_handlers=[list_staff_invitations], guards=READ),
    Router(INVITATIONS, route_handlers=[invite_staff_member], guards=WRITE),
    Router(
        f"{INVITATIONS}/{{invitation_id:uuid}}",
        route_handlers=[withdraw_staff_invitation],
        guards=WRITE,
    ),
]
accepting = [
    Router(
        "/staff-invitations/{token:str}",
        route_handlers=[get_staff_invitation, accept_staff_invitation],
    )
]
