"""Owners change roles, suspend and remove members of staff; what these had ends at once."""

import asyncio
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import ask
from support.people import (
    a_browser,
    a_customer,
    a_program,
    an_address,
    count_rows,
    drain_resets,
    log_in,
    visitor,
)
from support.refusals import changes_once, refusal

from trastienda.controllers.accounts import keys, users
from trastienda.database.db import utcnow
from trastienda.database.models.accounts.user import SCOPES, Role
from trastienda.services.accounts.staff import StaffSuspended

STAFF = "/v1/admin/staff"


class Member(NamedTuple):
    email: str
    password: str
    browser: AsyncClient
    address: str

    async def now(self, staff: AsyncClient) -> dict[str, Any]:
        known: dict[str, Any] = (await staff.get(self.address)).json()
        return known


async def a_member(shop: ASGIApp, role: Role = Role.MANAGER) -> Member:
    browser, email = a_browser(shop), an_address()
    password = await users.appoint(email, "Sam", role, utcnow())
    await log_in(browser, email, password)
    known = await visitor(browser)
    assert known is not None
    return Member(email, password, browser, f"{STAFF}/{known['id']}")


async def a_key_of(shop: ASGIApp, member: Member) -> AsyncClient:
    key = await keys.create("theirs", None, ["orders.read"], utcnow(), None, owner=member.email)
    return a_browser(shop, Authorization=f"Bearer {key}")


async def test_owners_see_who_works_here(shop: ASGIApp, staff: AsyncClient) -> None:
    member = await a_member(shop, Role.SUPPORT)
    listed = (await staff.get(STAFF)).json()["items"]
    (mine,) = [it for it in listed if it["email"] == member.email]

    assert mine == await member.now(staff)
    assert (mine["name"], mine["role"], mine["suspended_at"]) == ("Sam", "support", None)
    assert await a_customer(shop) is not None
    assert {it["role"] for it in listed} <= {it.value for it in Role}
    assert refusal(await staff.get(f"{STAFF}/{uuid4()}"))[:2] == (404, "staff-not-found")


async def test_a_suspended_member_is_out_at_once_and_back_when_reinstated(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    member = await a_member(shop)
    program = await a_key_of(shop, member)
    assert (await program.get("/v1/admin/orders")).status_code == 200
    await a_browser(shop).post("/v1/password-resets", json={"email": member.email})

    suspended = await staff.post(f"{member.address}/suspend")
    again = await staff.post(f"{member.address}/suspend")
    await drain_resets()

    assert suspended.status_code == 200
    assert suspended.json()["suspended_at"] is not None
    assert again.json() == suspended.json()
    assert await visitor(member.browser) is None
    assert (await program.get("/v1/admin/orders")).status_code == 401
    back = await log_in(a_browser(shop), member.email, member.password)
    assert refusal(back)[:2] == (403, "account-suspended")
    guess = await log_in(a_browser(shop), member.email, "a guess")
    assert refusal(guess)[:2] == (401, "invalid-credentials")
    assert await ask("SELECT FROM password_resets WHERE email_key = %s", member.email) == []
    with pytest.raises(StaffSuspended):
        await a_key_of(shop, member)

    reinstated = await staff.post(f"{member.address}/reinstate")

    assert reinstated.json()["suspended_at"] is None
    assert (await log_in(a_browser(shop), member.email, member.password)).status_code == 200
    assert (await program.get("/v1/admin/orders")).status_code == 401


async def test_a_lesser_role_ends_sessions_keys_and_invitations(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    await a_member(shop, Role.OWNER)  # stays: a shop needs one
    owner = await a_member(shop, Role.OWNER)
    program = await a_key_of(shop, owner)
    draft = {"email": an_address(), "role": "editor"}
    sent = (await owner.browser.post(f"{STAFF}/invitations", json=draft)).json()

    await changes_once(staff, owner.address, {"role": "manager"})

    open_ones = (await staff.get(f"{STAFF}/invitations")).json()["items"]
    assert sent["id"] not in {it["id"] for it in open_ones}
    assert await visitor(owner.browser) is None
    assert (await program.get("/v1/admin/orders")).status_code == 401
    answer = await log_in(owner.browser, owner.email, owner.password)
    assert answer.json()["visitor"]["roles"] == ["manager"]


async def test_a_greater_role_keeps_keys_and_the_same_role_changes_nothing(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    member = await a_member(shop, Role.EDITOR)
    program = await a_key_of(shop, member)
    before, events = await member.now(staff), await count_rows("events")
    same = await staff.patch(member.address, json={"role": "editor"})
    assert same.json() == before
    assert await count_rows("events") == events
    assert await visitor(member.browser) is not None

    await staff.patch(member.address, json={"role": "manager"})

    assert await visitor(member.browser) is None
    assert (await program.get("/v1/admin/orders")).status_code == 200


async def test_somebody_who_is_removed_stays_a_customer(shop: ASGIApp, staff: AsyncClient) -> None:
    member = await a_member(shop)
    await staff.post(f"{member.address}/suspend")

    assert (await staff.delete(member.address)).status_code == 204
    assert refusal(await staff.get(member.address))[:2] == (404, "staff-not-found")
    answer = await log_in(member.browser, member.email, member.password)
    assert answer.json()["visitor"]["roles"] == []


async def test_nobody_changes_their_own_rights(shop: ASGIApp, staff: AsyncClient) -> None:
    owner = await a_member(shop, Role.OWNER)
    before, me = await owner.now(staff), owner.address
    answers = [
        await owner.browser.patch(me, json={"role": "editor"}),
        await owner.browser.post(f"{me}/suspend"),
        await owner.browser.delete(me),
    ]

    assert {refusal(it)[:2] for it in answers} == {(403, "not-yourself")}
    assert await owner.now(staff) == before


async def test_nobody_gives_or_takes_rights_that_they_lack(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    keeper = await a_program(shop, None, "staff.write", "staff.read", "catalogue.read")
    nearly = await a_program(shop, None, *(SCOPES - {"providers.write"}))
    owner, editor = await a_member(shop, Role.OWNER), await a_member(shop, Role.EDITOR)
    draft = {"email": an_address(), "role": "owner"}
    before = [await it.now(staff) for it in (owner, editor)]
    answers = [
        await keeper.patch(editor.address, json={"role": "support"}),
        await nearly.patch(editor.address, json={"role": "owner"}),
        await nearly.post(f"{STAFF}/invitations", json=draft),
        await nearly.patch(owner.address, json={"role": "editor"}),
        await nearly.post(f"{owner.address}/suspend"),
        await nearly.delete(owner.address),
    ]

    assert {refusal(it)[:2] for it in answers} == {(403, "rights-beyond-yours")}
    assert [await it.now(staff) for it in (owner, editor)] == before
    manager = await a_member(shop, Role.MANAGER)
    assert (await manager.browser.get(STAFF)).status_code == 200
    assert refusal(await manager.browser.delete(editor.address))[:2] == (403, "not-allowed")


async def test_the_last_owner_who_can_log_in_stays(empty_shop: ASGIApp) -> None:
    program = await a_program(empty_shop, Role.OWNER)
    first, second = [await a_member(empty_shop, Role.OWNER) for _ in range(2)]
    await program.post(f"{first.address}/suspend")
    answers = [
        await program.post(f"{second.address}/suspend"),
        await program.patch(second.address, json={"role": "manager"}),
        await program.delete(second.address),
    ]

    assert {refusal(it)[:2] for it in answers} == {(409, "last-owner")}
    assert await visitor(second.browser) is not None
    assert (await program.delete(first.address)).status_code == 204


async def test_of_two_owners_who_suspend_each_other_one_stays(empty_shop: ASGIApp) -> None:
    first, second = [await a_member(empty_shop, Role.OWNER) for _ in range(2)]
    answers = await asyncio.gather(
        first.browser.post(f"{second.address}/suspend"),
        second.browser.post(f"{first.address}/suspend"),
    )

    statuses = sorted(it.status_code for it in answers)
    assert statuses[0] == 200
    assert statuses[1] in {401, 403, 409}  # out before it was asked, or the last owner then
    rows = await ask("SELECT count(*) FROM users WHERE role = 'owner' AND suspended_at IS NULL")
    assert rows == [(1,)]


async def test_two_owners_who_suspend_each_other_may_both_be_out_while_there_is_a_third(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    """Each had the right to when they asked; the third can reinstate them."""
    third, *both = [await a_member(shop, Role.OWNER) for _ in range(3)]
    answers = await asyncio.gather(
        both[0].browser.post(f"{both[1].address}/suspend"),
        both[1].browser.post(f"{both[0].address}/suspend"),
    )
    out = [it for it in both if (await it.now(staff))["suspended_at"] is not None]

    statuses = [it.status_code for it in answers]
    assert set(statuses) <= {200, 401, 403}
    assert statuses.count(200) == len(out) >= 1
    assert [await visitor(it.browser) for it in out] == [None] * len(out)
    for member in out:
        assert (await third.browser.post(f"{member.address}/reinstate")).status_code == 200
    assert (await third.now(staff))["suspended_at"] is None


async def test_a_key_outlives_who_made_it_and_says_that_they_have_left(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    owner, _ = [await a_member(shop, Role.OWNER) for _ in range(2)]
    draft = {"name": "erp", "scopes": ["orders.read"]}
    made = (await owner.browser.post("/v1/admin/keys", json=draft)).json()
    by_program = (await staff.post("/v1/admin/keys", json=draft)).json()
    assert (await staff.delete(owner.address)).status_code == 204
    listed = {it["id"]: it for it in (await staff.get("/v1/admin/keys")).json()["items"]}
    program = a_browser(shop, Authorization=f"Bearer {made['key']}")

    assert (made["made_by"], made["maker_left"]) == (owner.email, False)
    assert (by_program["made_by"], by_program["maker_left"]) == (None, False)
    kept = listed[made["id"]]
    assert (kept["staff"], kept["made_by"], kept["maker_left"]) == (None, owner.email, True)
    assert (await program.get("/v1/admin/orders")).status_code == 200


async def test_a_log_in_at_the_moment_of_a_suspension_leaves_no_session(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    member = await a_member(shop)
    browsers = [a_browser(shop) for _ in range(4)]
    await asyncio.gather(
        staff.post(f"{member.address}/suspend"),
        *(log_in(it, member.email, member.password) for it in browsers),
    )

    assert {await visitor(it) is None for it in browsers} == {True}
    assert await ask(
        "SELECT count(*) FROM sessions JOIN users ON users.id = user_id WHERE email = %s",
        member.email,
    ) == [(0,)]
