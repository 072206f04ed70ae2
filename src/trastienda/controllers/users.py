from collections.abc import Sequence
from datetime import datetime

from trastienda.database.db import transaction, use_case
from trastienda.database.models.text import Locale
from trastienda.database.models.user import Role
from trastienda.schemas.actor import GUEST, Actor, ActorKind
from trastienda.schemas.event import Appointed, Registered, Verified
from trastienda.schemas.terms import Terms
from trastienda.schemas.user import Registration, RegistrationView
from trastienda.services import (
    event_types,
    events,
    login_failures,
    passwords,
    sessions,
    users,
    verifications,
)
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
            what = event_types.USER_REGISTERED if new else event_types.USER_REGISTERED_AGAIN
            data = Registered(email=email, name=name, locale=locale, verification=attempt)
            await events.append(session, what, user_id, data, Terms(now, by=GUEST))
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
        terms = Terms(now, by=Actor(ActorKind.CUSTOMER, user_id))
        await events.append(session, event_types.USER_VERIFIED, user_id, Verified(), terms)


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
        what = event_types.USER_APPOINTED
        await events.append(session, what, user_id, Appointed(role), Terms(now))
    return password
