"""What is done to accounts, customers and members of staff, and the events that it leaves."""

from support.background import ask
from support.events.use_cases import Act, World, leaves
from support.people import (
    PASSWORD,
    a_browser,
    a_customer,
    an_address,
    drain_resets,
    invitation_token,
    reset_token,
)

from trastienda.controllers.accounts import keys, passwords, users
from trastienda.database.db import utcnow
from trastienda.database.models.accounts.user import Role


async def a_requested_password(world: World) -> str:
    email = an_address()
    await a_customer(world.shop, email)
    await drain_resets()
    await a_browser(world.shop).post("/v1/password-resets", json={"email": email})
    return email


@leaves("accounts.passwords.send_resets", "user.password_reset_requested by guest")
async def a_sent_link(world: World) -> Act:
    await a_requested_password(world)
    return lambda: passwords.send_resets(utcnow())


@leaves("accounts.passwords.reset", "user.password_changed by customer")
async def a_password_by_mail(world: World) -> Act:
    token = await reset_token(await a_requested_password(world))
    body = {"password": "another horse battery"}
    return lambda: a_browser(world.shop).put(f"/v1/password-resets/{token}", json=body)


@leaves("accounts.passwords.change", "user.password_changed by customer")
async def another_password(world: World) -> Act:
    customer = await a_customer(world.shop)
    body = {"current": PASSWORD, "password": "another horse battery"}
    return lambda: customer.put("/v1/users/me/password", json=body)


@leaves("customers.notes.add", "customer.noted by key")
async def a_noted_customer(world: World) -> Act:
    email = an_address()
    await a_customer(world.shop, email)
    found = await world.staff.get("/v1/admin/customers", params={"q": email})
    where = f"/v1/admin/customers/{found.json()['items'][0]['id']}/notes"
    return lambda: world.staff.post(where, json={"text": "Prefers to be called."})


async def a_manager() -> str:
    """Return the address of a new manager, who has a key."""
    email, now = an_address(), utcnow()
    await users.appoint(email, "Sam", Role.MANAGER, now)
    await keys.create("program", None, ["orders.read"], now, None, owner=email)
    ((user_id,),) = await ask("SELECT id FROM users WHERE email = %s", email)
    return f"/v1/admin/staff/{user_id}"


@leaves("accounts.staff.dismiss", "user.dismissed by key", "api_key.revoked by key")
async def a_dismissal(world: World) -> Act:
    one = await a_manager()
    return lambda: world.staff.delete(one)


@leaves("accounts.staff.suspend", "user.suspended by key", "api_key.revoked by key")
async def a_suspension(world: World) -> Act:
    one = await a_manager()
    return lambda: world.staff.post(f"{one}/suspend")


@leaves("accounts.staff.suspend")
async def a_suspension_again(world: World) -> Act:
    one = await a_manager()
    await world.staff.post(f"{one}/suspend")
    return lambda: world.staff.post(f"{one}/suspend")


@leaves("accounts.staff.reinstate", "user.reinstated by key")
async def a_reinstatement(world: World) -> Act:
    one = await a_manager()
    await world.staff.post(f"{one}/suspend")
    return lambda: world.staff.post(f"{one}/reinstate")


@leaves("accounts.staff.change_role", "user.role_changed by key", "api_key.revoked by key")
async def another_role(world: World) -> Act:
    one = await a_manager()
    return lambda: world.staff.patch(one, json={"role": "editor"})


async def an_invitation(world: World) -> str:
    draft = {"email": an_address(), "role": "editor"}
    answer = await world.staff.post("/v1/admin/staff/invitations", json=draft)
    return str(answer.json()["id"])


@leaves("accounts.staff.invite", "staff_invitation.created by key")
async def a_sent_invitation(world: World) -> Act:
    draft = {"email": an_address(), "role": "editor"}
    return lambda: world.staff.post("/v1/admin/staff/invitations", json=draft)


@leaves("accounts.staff.withdraw", "staff_invitation.deleted by key")
async def a_withdrawn_invitation(world: World) -> Act:
    invitation = await an_invitation(world)
    return lambda: world.staff.delete(f"/v1/admin/staff/invitations/{invitation}")


@leaves("accounts.staff.accept", "staff_invitation.accepted by staff", "user.appointed by staff")
async def an_accepted_invitation(world: World) -> Act:
    token = await invitation_token(await an_invitation(world))
    body = {"name": "Sam", "password": PASSWORD}
    return lambda: a_browser(world.shop).put(f"/v1/staff-invitations/{token}", json=body)


@leaves("customers.erase.erase", "user.erased by key")
async def an_erased_customer(world: World) -> Act:
    email = an_address()
    await a_customer(world.shop, email)
    found = await world.staff.get("/v1/admin/customers", params={"q": email})
    where = f"/v1/admin/customers/{found.json()['items'][0]['id']}/erasure"
    return lambda: world.staff.post(where)
