"""Customers and staff by the forms of their pages: what each does, refuses, and to whom."""

import re
from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.pages.desks import a_desk
from support.pages.readers import beside, follow, form_of, send, words
from support.people import HERE, a_browser, a_customer, a_member_of_staff, an_address, visitor

from trastienda.database.models.accounts.user import Role
from trastienda.handlers.pages.forms import fresh_key

TEAM = "/admin/staff"
FROM_US = {"origin": HERE}


async def a_customers_page(shop: ASGIApp) -> tuple[str, str]:
    """Register somebody; return their address, and that of their page."""
    email = an_address()
    known = await visitor(await a_customer(shop, email))
    assert known is not None
    return email, f"/admin/customers/{known['id']}"


async def test_a_customer_is_found_noted_about_and_an_empty_note_is_refused(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    (email, address), desk = await a_customers_page(shop), await a_desk(shop, Role.SUPPORT)
    listed = await desk.get(f"/admin/customers?q={email}")
    assert (email in words(listed), f'href="{address}"' in listed.text) == (True, True)
    assert "Clear the filters" in words(await desk.get("/admin/customers?q=%25_nobody"))
    page = await desk.get(address)

    empty = await send(desk, page, f"{address}/notes", text="   ")
    noted = [await send(desk, page, f"{address}/notes", text="Calls at noon") for _ in range(2)]

    assert (empty.status_code, 'id="text-error"' in empty.text) == (422, True)
    assert [it.status_code for it in noted] == [303, 303]
    found = (await staff.get(f"/v1{address}")).json()["notes"]
    assert [it["text"] for it in found] == ["Calls at noon"]


async def test_the_data_of_a_customer_are_saved_and_erased_only_by_their_address(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    (email, address), desk = await a_customers_page(shop), await a_desk(shop, Role.MANAGER)
    page = await desk.get(address)
    saved = await desk.get(f"{address}/export")
    assert (saved.status_code, email in saved.text) == (200, True)
    assert saved.headers["content-disposition"].startswith("attachment")

    seen = (await (await a_desk(shop, Role.SUPPORT)).get(address)).text
    assert (f"{address}/export" in seen, f"{address}/erase" in seen) == (True, False)

    wrong = await send(desk, page, f"{address}/erase", name_again=an_address())
    kept = (await staff.get(f"/v1{address}")).json()["email"]
    right = await send(desk, page, f"{address}/erase", name_again=f" {email} ")
    again = await send(desk, page, f"{address}/erase", name_again=f" {email} ")

    assert (wrong.status_code, 'id="name_again-error"' in wrong.text, kept) == (422, True, email)
    assert (right.status_code, again.status_code) == (303, 303)
    assert (await desk.get(address)).status_code == 404


async def test_who_may_not_see_customers_sees_no_page_and_changes_nothing(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    (email, address), desk = await a_customers_page(shop), await a_desk(shop, Role.WAREHOUSE)
    token = dict(form_of(await desk.get("/admin"), "/logout").fields)["csrf_token"]

    seen = [(await desk.get(it)).status_code for it in (address, f"{address}/export")]
    done = [
        await desk.post(f"{address}/{it}", data={"csrf_token": token, **fields}, headers=FROM_US)
        for it, fields in (("notes", {"text": "x"}), ("erase", {"name_again": email}))
    ]

    assert [*seen, *(it.status_code for it in done)] == [403] * 4
    assert (await staff.get(f"/v1{address}")).json()["notes"] == []


async def a_colleague(shop: ASGIApp, role: Role = Role.SUPPORT) -> tuple[AsyncClient, str, str]:
    """Appoint somebody; return their browser, their address, and that of their forms."""
    browser = await a_member_of_staff(shop, role)
    known = await visitor(browser)
    assert known is not None
    return browser, str(known["email"]), f"{TEAM}/{known['id']}"


async def member(staff: AsyncClient, address: str) -> dict[str, Any]:
    found: dict[str, Any] = (await staff.get(f"/v1{address}")).json()
    return found


async def test_somebody_is_invited_and_the_invitation_withdrawn(shop: ASGIApp) -> None:
    desk, email, action = await a_desk(shop), an_address(), f"{TEAM}/invitations"
    page = await desk.get(TEAM)

    wrong = await send(desk, page, action, email="not an address", role="editor")
    page = await follow(desk, await send(desk, page, action, email=email, role="editor"))

    assert (wrong.status_code, 'id="email-error"' in wrong.text) == (422, True)
    kept = dict(form_of(wrong, action).fields)
    assert (kept["email"], kept["role"]) == ("not an address", "editor")
    assert f"The invitation is on its way to {email}." in words(page)
    withdraw = beside(await desk.get(TEAM), email)
    gone = [await send(desk, page, withdraw) for _ in range(2)]
    later = await send(desk, page, withdraw, key=fresh_key())
    assert [*(it.status_code for it in gone), later.status_code] == [303, 303, 404]
    assert email not in words(await desk.get(TEAM))


async def test_a_colleague_gets_another_role_is_kept_out_let_in_and_removed(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    desk, (theirs, email, address) = await a_desk(shop), await a_colleague(shop)

    async def do(does: str, **fields: str) -> int:
        page = await desk.get(TEAM)
        return (await send(desk, page, address, do=does, **fields)).status_code

    assert (await theirs.get("/v1/admin/orders")).status_code == 200
    assert (await do("role", role="nonsense"), await do("role", role="warehouse")) == (422, 303)
    assert (await member(staff, address))["role"] == "warehouse"
    assert await do("suspend") == 303
    assert (await member(staff, address))["suspended_at"] is not None
    assert (await theirs.get("/v1/admin/orders")).status_code == 401
    assert await do("reinstate") == 303
    assert (await member(staff, address))["suspended_at"] is None
    page = await desk.get(TEAM)
    unnamed = await send(desk, page, address, do="remove")
    assert f'id="{address.rpartition("/")[2]}/name_again-error"' in unnamed.text
    named = [await send(desk, page, address, do="remove", name_again=email) for _ in range(2)]
    assert [it.status_code for it in (unnamed, *named)] == [422, 303, 303]
    assert (await staff.get(f"/v1{address}")).status_code == 404


async def test_who_decides_second_about_a_colleague_is_told(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    desk, (_, _, address) = await a_desk(shop), await a_colleague(shop)
    before = await desk.get(TEAM)
    await send(desk, before, address, do="role", role="editor")

    page = await send(desk, before, address, do="suspend", key=fresh_key())

    assert page.status_code == 412
    assert (await member(staff, address))["suspended_at"] is None


async def test_nobody_decides_about_themselves_or_beyond_their_rights(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    desk, (_, _, address) = await a_desk(shop), await a_colleague(shop)
    manager = await a_desk(shop, Role.MANAGER)
    known = await visitor(desk)
    assert known is not None
    mine = f"{TEAM}/{known['id']}"
    page = await manager.get(TEAM)
    assert f'action="{TEAM}' not in page.text
    assert f'action="{mine}"' not in (await desk.get(TEAM)).text

    answers = [
        await who.post(it, data={"csrf_token": token, "do": "suspend"}, headers=FROM_US)
        for who, it in ((desk, mine), (manager, address))
        for token in [dict(form_of(await who.get("/admin"), "/logout").fields)["csrf_token"]]
    ]

    assert [it.status_code for it in answers] == [403, 403]
    assert [(await member(staff, it))["suspended_at"] for it in (mine, address)] == [None, None]


async def test_a_key_is_shown_once_does_what_it_may_and_is_revoked_by_its_name(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    desk, action, name = await a_desk(shop), "/admin/keys", f"erp {uuid4().hex[:8]}"
    page = await desk.get(action)

    wrong = await send(desk, page, action, name="  ", expires_at="2020-01-01T10:00")
    assert (wrong.status_code, 'id="name-error"' in wrong.text) == (422, True)
    assert dict(form_of(wrong, action).fields)["expires_at"] == "2020-01-01T10:00"
    fields = {"name": name, "scopes": "stock.read"}
    made = [await send(desk, page, action, **fields) for _ in range(2)]
    keys = [re.search(r"tk_[0-9a-f]{12}_[A-Za-z0-9_-]{43}", it.text) for it in made]
    assert (made[0].status_code, made[1].status_code, keys[1]) == (200, 200, None)
    assert keys[0] is not None
    program = a_browser(shop, Authorization=f"Bearer {keys[0][0]}")
    assert (await program.get("/v1/admin/stock")).status_code == 200
    assert (await program.get("/v1/admin/orders")).status_code == 403

    page = await desk.get(action)
    assert keys[0][0] not in page.text
    revoke = beside(page, name)
    unnamed = await send(desk, page, revoke, name_again="erp")
    named = [await send(desk, page, revoke, name_again=name) for _ in range(2)]

    assert [it.status_code for it in (unnamed, *named)] == [422, 303, 303]
    assert (await program.get("/v1/admin/stock")).status_code == 401
    assert name not in (await desk.get(action)).text
    assert (await (await a_desk(shop, Role.MANAGER)).get(action)).status_code == 403
