"""Builders of those who use the shop, each in the way they come to be in life."""

from itertools import count
from typing import Any
from uuid import UUID, uuid4

from httpx import ASGITransport, AsyncClient, Response
from litestar.types import ASGIApp

from trastienda.controllers.accounts import keys, passwords, users
from trastienda.database.db import reading, transaction, utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.services.accounts import invitations, password_resets, verifications

PASSWORD = "correct horse battery"
HERE = "https://localhost:8443"
_machines = count(1)


def an_address() -> str:
    return f"{uuid4().hex}@example.com"


def a_browser(shop: ASGIApp, **headers: str) -> AsyncClient:
    """Open a browser on a machine of its own, so that limits by network address do not meet."""
    number = next(_machines)
    machine = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    asgi: Any = shop  # httpx and Litestar write the types of ASGI differently
    transport = ASGITransport(app=asgi, client=(machine, 40_000))
    return AsyncClient(transport=transport, base_url=HERE, headers=headers)


def machine_of(browser: AsyncClient) -> str:
    """Give the network address of a browser."""
    transport = browser._transport  # noqa: SLF001 - httpx has no other way to it
    assert isinstance(transport, ASGITransport)
    return transport.client[0]


async def log_in(browser: AsyncClient, email: str, password: str = PASSWORD) -> Response:
    """Log in; from then on the browser sends the session's CSRF token."""
    answer = await browser.post("/v1/session", json={"email": email, "password": password})
    if answer.status_code == 200:
        browser.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
    return answer


async def register(browser: AsyncClient, email: str, password: str = PASSWORD) -> Response:
    draft = {"email": email, "password": password, "name": "Ana"}
    return await browser.post("/v1/users", json=draft)


async def attempts(email: str) -> list[UUID]:
    """Give the registrations that mails were asked for, as the job that writes them finds them."""
    async with reading() as session:
        rows = await session.driver.execute(
            "SELECT data ->> 'verification' FROM events"
            " WHERE aggregate = 'user' AND data ->> 'email' = %s ORDER BY sequence",
            [email],
        )
        return [UUID(row[0]) for row in await rows.fetchall()]


async def mailed(attempt: UUID) -> str | None:
    """Give the token that the mail about a registration contains."""
    async with transaction() as session:
        return await verifications.issue(session, attempt, utcnow())


async def drain_resets() -> None:
    """Let the worker look at all requests for new passwords."""
    while await passwords.send_resets(utcnow()):
        pass


async def reset_tokens(email: str) -> list[str | None]:
    """Give the token in the mail about each request for a new password, the oldest first."""
    await drain_resets()
    query = (
        "SELECT data ->> 'reset' FROM events WHERE type = 'user.password_reset_requested'"
        " AND data ->> 'email' = %s ORDER BY sequence"
    )
    async with transaction() as session:
        rows = await (await session.driver.execute(query, [email])).fetchall()
        return [await password_resets.issue(session, UUID(it), utcnow()) for (it,) in rows]


async def reset_token(email: str) -> str:
    """Give the token in the last mail about a new password."""
    token = (await reset_tokens(email))[-1]
    assert token is not None
    return token


async def invitation_token(invitation_id: str) -> str:
    """Give the token in the mail of an invitation."""
    async with transaction() as session:
        token = await invitations.issue(session, UUID(invitation_id), utcnow())
    assert token is not None
    return token


async def a_customer(shop: ASGIApp, email: str | None = None) -> AsyncClient:
    """Register, follow the mail, and log in."""
    browser, email = a_browser(shop), email or an_address()
    await register(browser, email)
    token = await mailed((await attempts(email))[-1])
    await browser.post("/v1/users/verification", json={"token": token})
    answer = await log_in(browser, email)
    assert answer.status_code == 200, answer.text
    return browser


async def a_member_of_staff(shop: ASGIApp, role: Role) -> AsyncClient:
    browser, email = a_browser(shop), an_address()
    await log_in(browser, email, await users.appoint(email, "Sam", role, utcnow()))
    return browser


async def a_program(shop: ASGIApp, role: Role | None, *scopes: str) -> AsyncClient:
    key = await keys.create("program", role, scopes, utcnow(), None)
    return a_browser(shop, Authorization=f"Bearer {key}")


async def visitor(browser: AsyncClient) -> dict[str, object] | None:
    """Ask the shop who it thinks this is."""
    known: dict[str, object] | None = (await browser.get("/v1/session")).json()["visitor"]
    return known


async def count_rows(table: str) -> int:
    async with reading() as session:
        result = await session.driver.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        row = await result.fetchone()
        assert row is not None
        return int(row[0])
