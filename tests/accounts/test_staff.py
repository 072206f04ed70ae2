"""Members of staff come and go; what they had goes with them."""

import asyncio
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import a_browser, an_address, count_rows, log_in, visitor

from trastienda.controllers.accounts import keys, staff, users
from trastienda.database.db import reading, utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts.staff import LastOwner, StaffNotFound, everybody
from trastienda.services.accounts.users import by_email


async def dismiss(whom: str) -> tuple[str, int]:
    """Remove somebody from the command line."""
    return await staff.dismiss(whom, None, Context(utcnow()))


async def a_member(shop: ASGIApp, role: Role) -> tuple[str, str, AsyncClient]:
    browser, email = a_browser(shop), an_address()
    password = await users.appoint(email, "Sam", role, utcnow())
    await log_in(browser, email, password)
    return email, password, browser


@pytest.mark.parametrize("by_id", [True, False])
async def test_a_member_of_staff_who_leaves_takes_nothing_along(
    shop: ASGIApp, *, by_id: bool
) -> None:
    email, password, browser = await a_member(shop, Role.MANAGER)
    theirs = await keys.create("theirs", Role.MANAGER, (), utcnow(), None, owner=email)
    other = await keys.create("other", Role.MANAGER, (), utcnow(), None)
    programs = [a_browser(shop, Authorization=f"Bearer {key}") for key in (theirs, other)]
    assert [(await it.get("/v1/admin/products")).status_code for it in programs] == [200, 200]
    async with reading() as session:
        account = await by_email(session, email)
    assert account

    left = await dismiss(str(account.id) if by_id else email.upper())

    assert left == (email, 1)
    assert await visitor(browser) is None
    assert [(await it.get("/v1/admin/products")).status_code for it in programs] == [401, 200]
    answer = await log_in(a_browser(shop), email, password)
    assert answer.json()["visitor"]["roles"] == []
    async with reading() as session:
        assert email not in {it.email for it in await everybody(session)}
    with pytest.raises(StaffNotFound):
        await dismiss(email)


async def test_the_last_owner_stays_an_owner(empty_shop: ASGIApp) -> None:
    email, _, browser = await a_member(empty_shop, Role.OWNER)
    key = await keys.create("theirs", Role.OWNER, (), utcnow(), None, owner=email)
    events = await count_rows("events")

    with pytest.raises(LastOwner):
        await dismiss(email)
    with pytest.raises(LastOwner):
        await users.appoint(email, "Sam", Role.EDITOR, utcnow())

    known = await visitor(browser)
    assert known is not None
    assert known["roles"] == ["owner"]
    program = a_browser(empty_shop, Authorization=f"Bearer {key}")
    assert (await program.get("/v1/admin/products")).status_code == 200
    assert await count_rows("events") == events


async def test_a_lesser_role_from_the_command_line_ends_the_keys_as_well(shop: ASGIApp) -> None:
    email, _, _ = await a_member(shop, Role.MANAGER)
    key = await keys.create("theirs", Role.MANAGER, (), utcnow(), None, owner=email)
    program = a_browser(shop, Authorization=f"Bearer {key}")
    await users.appoint(email, "Sam", Role.MANAGER, utcnow())
    assert (await program.get("/v1/admin/products")).status_code == 200
    await users.appoint(email, "Sam", Role.EDITOR, utcnow())

    assert (await program.get("/v1/admin/products")).status_code == 401


async def test_of_two_owners_who_leave_at_once_one_stays(empty_shop: ASGIApp) -> None:
    emails = [(await a_member(empty_shop, Role.OWNER))[0] for _ in range(2)]

    ends = await asyncio.gather(*(dismiss(it) for it in emails), return_exceptions=True)

    assert [type(it) for it in ends if isinstance(it, Exception)] == [LastOwner]
    async with reading() as session:
        assert [it.role for it in await everybody(session)] == [Role.OWNER]


async def test_a_key_belongs_to_staff_alone(shop: ASGIApp) -> None:
    before = await count_rows("api_keys")

    with pytest.raises(StaffNotFound):
        await keys.create("theirs", Role.OWNER, (), utcnow(), None, owner=str(uuid4()))

    assert await count_rows("api_keys") == before
