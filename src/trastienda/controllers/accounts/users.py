from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import UNSET

from trastienda.database.db import reading, transaction, use_case
from trastienda.database.models.accounts.user import SCOPES_OF, Role
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Invalid
from trastienda.schemas.accounts.event import Appointed, Registered, Verified
from trastienda.schemas.accounts.user import Registration, RegistrationView, VerificationDraft
from trastienda.schemas.shared.actor import GUEST, Actor, ActorKind
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts import (
    invitations,
    passwords,
    sessions,
    staff,
    throttles,
    users,
    verifications,
)
from trastienda.services.accounts.throttles import Limit, Rate
from trastienda.services.channels import channels
from trastienda.services.events import events
from trastienda.services.events import types as event_types


class PasswordNeeded(Invalid):
    """This link was not asked for in this browser: choose the password of the account."""


class StartedRegistration(NamedTuple):
    view: RegistrationView
    proof: str
    """The proof that the browser keeps, with which it can confirm without the password."""


@use_case
async def register(
    wanted: Registration, client: str | None, now: datetime, locale: Locale = Locale.ENGLISH
) -> StartedRegistration:
    """Begin a registration; neither answer nor timing reveals whether the address has an account.

    `client` is the network address to count, or None if rate limits are off; `locale` is the
    language of the mail. Raise AddressUnusable, PasswordTooCommon, TooManyLogins or SlowDown.
    """
    email, name = users.normalised(wanted.email), " ".join(wanted.name.split())
    passwords.check(wanted.password, email, name, channels.shop_name())
    async with passwords.hashing_slot():
        await _count(throttles.for_registration(email, client), now)
        password_hash = await passwords.hashed(wanted.password)
        async with transaction() as session:
            user_id, new = await users.claim_address(session, email, name, now)
            verification_id = await verifications.add(session, user_id, password_hash, name, now)
            event_type = event_types.USER_REGISTERED if new else event_types.USER_REGISTERED_AGAIN
            data = Registered(email=email, name=name, locale=locale, verification=verification_id)
            await events.append(session, event_type, user_id, data, Context(now, by=GUEST))
    return StartedRegistration(RegistrationView(email=email), verifications.proof(verification_id))


async def _count(limits: Sequence[Limit | Rate], now: datetime) -> None:
    """Count an attempt in a transaction of its own: it counts even if the registration fails."""
    async with transaction() as session:
        await throttles.refuse(session, limits, now)
        await throttles.record(session, limits, now)


@use_case
async def verify(draft: VerificationDraft, proof: str | None, now: datetime) -> None:
    """Activate the account of a registration, with the password of the person who confirms.

    The browser that registered shows `proof`. Any other has to give the password, so that a
    stranger who registered somebody else's address does not get an account with a known password
    when its owner follows the link. Raise VerificationExpired, PasswordNeeded, PasswordTooCommon or
    TooManyLogins.
    """
    async with reading() as session:
        pending = await verifications.pending(session, draft.token, now)
    password_hash = None
    if draft.password is not UNSET:
        passwords.check(draft.password, pending.email, pending.name, channels.shop_name())
        async with passwords.hashing_slot():
            password_hash = await passwords.hashed(draft.password)
    elif not verifications.is_proof(proof, pending.id):
        raise PasswordNeeded(pointer="/password")
    async with transaction() as session:
        user_id = await verifications.redeem(session, draft.token, password_hash, now)
        context = Context(now, by=Actor(ActorKind.CUSTOMER, user_id))
        await events.append(session, event_types.USER_VERIFIED, user_id, Verified(), context)


@use_case
async def appoint(email: str, name: str, role: Role, now: datetime) -> str:
    """Give a person a role and a first password, which is returned; their sessions end.

    Where somebody had more rights before, their keys and the invitations they sent end as well.
    Raise AddressUnusable, TooManyLogins, or LastOwner if the shop would be left without an owner.
    """
    password = passwords.generated()
    async with passwords.hashing_slot():
        password_hash = await passwords.hashed(password)
    async with transaction() as session:
        account = (users.normalised(email), name, password_hash)
        member = await staff.claim_if_any(session, email)
        if member is not None and role is not Role.OWNER:
            staff.refuse_last_owner(member)
        user_id = await users.appoint(session, account, role, now)
        await invitations.clear(session, account[0])
        await sessions.end_all(session, user_id)
        if member is not None and SCOPES_OF[member.role] - SCOPES_OF[role]:
            await staff.end_access(session, member, Context(now))
        event_type = event_types.USER_APPOINTED
        await events.append(session, event_type, user_id, Appointed(role), Context(now))
    return password
