"""Somebody becomes a member of staff by accepting an invitation, once, within seven days."""

import asyncio
from datetime import timedelta
from typing import Any

import msgspec
from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.background import ask, body, change, mails_about
from support.people import (
    PASSWORD,
    a_browser,
    a_customer,
    an_address,
    invitation_token,
    log_in,
    visitor,
)
from support.refusals import refusal

from trastienda.controllers.accounts import users
from trastienda.database.db import utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.services.accounts import invitations
from trastienda.settings import Settings

INVITATIONS = "/v1/admin/staff/invitations"
NEW = "another horse battery"


async def invite(staff: AsyncClient, email: str, role: str = "editor") -> dict[str, Any]:
    answer = await staff.post(INVITATIONS, json={"email": email, "role": role})
    assert answer.status_code == 201, answer.text
    invitation: dict[str, Any] = answer.json()
    return invitation


async def accept(browser: AsyncClient, token: str, password: str = NEW) -> Response:
    draft = {"name": " Sam  Smith ", "password": password}
    return await browser.put(f"/v1/staff-invitations/{token}", json=draft)


async def open_ones(staff: AsyncClient) -> set[str]:
    return {it["email"] for it in (await staff.get(INVITATIONS)).json()["items"]}


async def test_an_invitation_comes_by_mail_and_makes_a_member_of_staff(
    shop: ASGIApp, staff: AsyncClient, settings: Settings
) -> None:
    email = an_address()
    invitation = await invite(staff, email.upper())
    there = msgspec.structs.replace(settings, storefront_url="https://shop.example")
    (mail,) = await mails_about(invitation["id"], there)
    (code,) = [word for word in body(mail).split() if len(word) == 43]
    browser = a_browser(shop)
    offered = await browser.get(f"/v1/staff-invitations/{code}")
    weak = await accept(browser, code, "Password123!")

    assert (mail["Subject"], mail["To"]) == ("You are invited to work at Shop", email)
    assert f"\nhttps://shop.example/join?token={code}\n" in body(mail)
    expected = {name: invitation[name] for name in ("email", "role", "expires_at")}
    assert offered.json() == expected == {**expected, "email": email, "role": "editor"}
    assert refusal(weak)[:2] == (422, "password-too-common")
    assert email in await open_ones(staff)
    assert (await accept(browser, code)).status_code == 204
    answer = await log_in(browser, email, NEW)
    assert answer.json()["visitor"]["roles"] == ["editor"]
    assert answer.json()["visitor"]["name"] == "Sam Smith"
    assert email not in await open_ones(staff)
    assert refusal(await accept(browser, code))[:2] == (422, "invitation-expired")
    ((user_id,),) = await ask("SELECT id FROM users WHERE email = %s", email)
    assert await mails_about(user_id, settings) == []  # nobody gives them a password


async def test_a_customer_who_accepts_keeps_the_name_and_gets_the_new_password(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    email = an_address()
    before = await a_customer(shop, email)
    token = await invitation_token((await invite(staff, email, "support"))["id"])
    assert (await accept(a_browser(shop), token)).status_code == 204

    assert await visitor(before) is None
    assert (await log_in(a_browser(shop), email, PASSWORD)).status_code == 401
    known = (await log_in(a_browser(shop), email, NEW)).json()["visitor"]
    assert (known["name"], known["roles"]) == ("Ana", ["support"])


async def test_of_several_acceptances_at_once_one_counts(shop: ASGIApp, staff: AsyncClient) -> None:
    email = an_address()
    token = await invitation_token((await invite(staff, email))["id"])
    tried = [f"{NEW} {number}" for number in range(3)]
    answers = await asyncio.gather(*(accept(a_browser(shop), token, it) for it in tried))
    logins = [(await log_in(a_browser(shop), email, it)).status_code for it in tried]

    assert sorted(it.status_code for it in answers) == [204, 422, 422]
    assert [it == 200 for it in logins] == [it.status_code == 204 for it in answers]


async def test_an_invitation_ends(shop: ASGIApp, staff: AsyncClient) -> None:
    email, browser = an_address(), a_browser(shop)
    replaced = await invitation_token((await invite(staff, email))["id"])
    withdrawn = await invite(staff, email, "warehouse")
    token = await invitation_token(withdrawn["id"])
    assert refusal(await accept(browser, replaced))[1] == "invitation-expired"
    one = f"{INVITATIONS}/{withdrawn['id']}"
    assert (await staff.delete(one)).status_code == 204
    assert refusal(await staff.delete(one))[:2] == (404, "invitation-not-found")
    assert refusal(await accept(browser, token))[1] == "invitation-expired"

    late = await invitation_token((await invite(staff, email))["id"])
    await change(
        "UPDATE staff_invitations SET expires_at = expires_at - %s, created_at = created_at - %s"
        " WHERE email = %s",
        invitations.LIFETIME,
        timedelta(days=8),
        email,
    )

    assert refusal(await accept(browser, late))[1] == "invitation-expired"
    assert refusal(await browser.get(f"/v1/staff-invitations/{late}"))[1] == "invitation-expired"
    assert email not in await open_ones(staff)
    assert await ask("SELECT FROM users WHERE email = %s", email) == []


async def test_who_works_here_already_is_not_invited(shop: ASGIApp, staff: AsyncClient) -> None:
    member, draft = an_address(), {"email": "not an address", "role": "owner"}
    await users.appoint(member, "Sam", Role.EDITOR, utcnow())
    answers = [
        await staff.post(INVITATIONS, json={"email": member, "role": "owner"}),
        await staff.post(INVITATIONS, json=draft),
        await staff.post(INVITATIONS, json={"email": an_address(), "role": "king"}),
        await staff.post(INVITATIONS, json={"email": "ana@127.0.0.1", "role": "owner"}),
    ]

    assert [refusal(it)[:2] for it in answers] == [
        (409, "staff-already"),
        (400, "invalid-request"),
        (400, "invalid-request"),
        (422, "address-unusable"),
    ]
    assert member not in await open_ones(staff)


async def test_who_was_appointed_meanwhile_keeps_their_role(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    email = an_address()
    token = await invitation_token((await invite(staff, email, "owner"))["id"])
    await users.appoint(email, "Sam", Role.EDITOR, utcnow())

    assert refusal(await accept(a_browser(shop), token))[1] == "invitation-expired"
    assert await ask("SELECT role FROM users WHERE email = %s", email) == [("editor",)]
