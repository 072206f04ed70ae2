from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from trastienda.database.db import Session, transaction, use_case
from trastienda.database.models.text import Locale
from trastienda.database.models.user import Role
from trastienda.schemas.user import Registration, RegistrationView
from trastienda.services import events, login_failures, passwords, sessions, users, verifications
from trastienda.services.login_failures import Limit


@use_case
async def register(
    wanted: Registration, client: str | None, now: datetime, locale: Locale = Locale.ENGLISH
) -> RegistrationView:
    """Begin a registration; nothing in the answer or its timing says whether it is the first.

    `client` is the network address to count, or None where limits are off; `locale` is the
    language of the mail.
    """
    email, name = users.normalised(wanted.email), " ".join(wanted.name.split())
    passwords.check(wanted.password, email)
    async with passwords.turn():
        await _count(login_failures.of_registration(email, client), now)
        password_hash = await passwords.hashed(wanted.password)
        async with transaction() as session:
            user_id, new = await users.claim_address(session, email, name, now)
            attempt = await verifications.attempt(session, user_id, password_hash, name, now)
            what = "user.registered" if new else "user.registration_repeated"
            data = {"verification": str(attempt), "email": email, "name": name, "locale": locale}
            await events.append(session, what, user_id, data, now)
    return RegistrationView(email=email)


async def _count(limits: Sequence[Limit], now: datetime) -> None:
    """Count an attempt by itself: it stays counted when the registration fails."""
    async with transaction() as session:
        await login_failures.refuse(session, limits, now)
        await login_failures.record(session, limits, now)


@use_case
async def verify(token: str, now: datetime) -> None:
    """Let the account of a registration log in."""
    async with transaction() as session:
        user_id = await verifications.redeem(session, token, now)
        await _record(session, user_id, "user.verified", now)


@use_case
async def appoint(email: str, name: str, role: Role, now: datetime) -> str:
    """Make somebody a member of staff, and end their sessions; return their first password."""
    password = passwords.invented()
    async with passwords.turn():
        password_hash = await passwords.hashed(password)
    async with transaction() as session:
        account = (users.normalised(email), name, password_hash)
        user_id = await users.appoint(session, account, role, now)
        await sessions.end_all(session, user_id)
        await _record(session, user_id, "user.appointed", now, role=role.value)
    return password


async def _record(session: Session, user_id: UUID, what: str, now: datetime, **data: str) -> None:
    await events.append(session, what, user_id, data, now)
