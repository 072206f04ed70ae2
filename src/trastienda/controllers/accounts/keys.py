from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from trastienda.database.db import transaction, use_case
from trastienda.database.models.accounts.api_key import ApiKey
from trastienda.database.models.accounts.user import SCOPES, SCOPES_OF, Role
from trastienda.errors import Invalid
from trastienda.schemas.accounts.api_key import ApiKeyDraft, ApiKeyMade
from trastienda.schemas.accounts.event import KeyMade
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts import invitations, keys, staff
from trastienda.services.accounts.staff import RightsBeyondYours, StaffSuspended
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.shared import tokens

LONGEST_NAME = 200


class ScopeUnknown(Invalid):
    """There is no such scope."""


class ScopeOutsideRole(Invalid):
    """The role does not have that scope."""


class KeyNameUnusable(Invalid):
    """The name of a key has 1 to 200 characters."""


class KeyEndsBefore(Invalid):
    """A key ends after it was made."""


class KeyAllowsNothing(Invalid):
    """A key needs a role or at least one scope."""


@use_case
async def create(  # noqa: PLR0913 - what a key is, all of it
    name: str,
    role: Role | None,
    scopes: Collection[str],
    now: datetime,
    expires_at: datetime | None,
    *,
    owner: str | None = None,
) -> str:
    """Create an API key and return it; it cannot be read again.

    `owner` is the e-mail address or id of a member of staff: the key is revoked when they leave.
    Scopes narrow the role; without a role, they are all that the key may do. Raise KeyNameUnusable,
    KeyAllowsNothing, ScopeUnknown, ScopeOutsideRole, StaffNotFound or StaffSuspended.
    """
    if not 1 <= len(name) <= LONGEST_NAME:
        raise KeyNameUnusable
    _check(role, frozenset(scopes))
    key, prefix = keys.fresh()
    async with transaction() as session:
        member = await staff.claim(session, owner) if owner else None
        if member is not None and member.suspended:
            raise StaffSuspended(staff=member.email)
        row = ApiKey(
            name=name,
            prefix=prefix,
            key_hash=tokens.digest(key),
            role=role,
            scopes=sorted(scopes),
            created_at=now,
            expires_at=expires_at,
            user_id=member.id if member else None,
        )
        session.orm.add(row)
        await session.orm.flush()
        data = KeyMade(prefix=prefix, name=name)
        await events.append(session, event_types.KEY_CREATED, row.id, data, Context(now))
    return key


def _check(role: Role | None, scopes: frozenset[str]) -> None:
    if role is None and not scopes:
        raise KeyAllowsNothing
    if unknown := scopes - SCOPES:
        raise ScopeUnknown(scope=min(unknown))
    if role is not None and (more := scopes - SCOPES_OF[role]):
        raise ScopeOutsideRole(scope=min(more), role=role.value)


@use_case
async def make(draft: ApiKeyDraft, by: Visitor, context: Context) -> ApiKeyMade:
    """Make a key that may do no more than who makes it; only this answer holds it.

    Raise KeyAllowsNothing, ScopeOutsideRole, RightsBeyondYours, KeyEndsBefore, StaffNotFound or
    StaffSuspended.
    """
    _check(draft.role, frozenset(draft.scopes))
    if keys.allowed(draft.role, draft.scopes) - by.scopes:
        raise RightsBeyondYours
    if draft.expires_at is not None and draft.expires_at <= context.asked_at:
        raise KeyEndsBefore(pointer="/expires_at")
    key, prefix = keys.fresh()
    async with transaction(context.once) as session:
        member = await staff.claim(session, str(draft.staff)) if draft.staff else None
        if member is not None and member.suspended:
            raise StaffSuspended(staff=member.email, pointer="/staff")
        row = ApiKey(
            name=draft.name,
            prefix=prefix,
            key_hash=tokens.digest(key),
            role=draft.role,
            scopes=sorted(set(draft.scopes)),
            created_at=context.asked_at,
            expires_at=draft.expires_at,
            user_id=draft.staff,
            made_by=by.user_id,
        )
        session.orm.add(row)
        await session.orm.flush()
        made = ApiKeyMade(**msgspec.structs.asdict(await keys.view(session, row.id)))
        data = KeyMade(prefix=prefix, name=draft.name)
        await events.append(session, event_types.KEY_CREATED, row.id, data, context)
        await session.answer(made)  # repeated requests get no key
    return msgspec.structs.replace(made, key=key)


@use_case
async def take_back(key_id: UUID, by: Visitor, context: Context) -> None:
    """Revoke a key, from its next request on. Raise KeyNotFound or RightsBeyondYours.

    The invitations to the staff that were sent with it stop working.
    """
    async with transaction(context.once) as session:
        found = await keys.view(session, key_id)
        if keys.allowed(found.role, found.scopes) - by.scopes:
            raise RightsBeyondYours
        await keys.revoke(session, found.prefix, context.asked_at)
        await invitations.withdraw_of(session, key_id)
        data = KeyMade(prefix=found.prefix, name=found.name)
        await events.append(session, event_types.KEY_REVOKED, key_id, data, context)
        await session.answer(None)


@use_case
async def revoke(prefix: str, now: datetime) -> None:
    """Revoke the key with this prefix, from its next request on. Raise KeyNotFound.

    The invitations to the staff that were sent with it stop working.
    """
    async with transaction() as session:
        key_id, name = await keys.revoke(session, prefix, now)
        await invitations.withdraw_of(session, key_id)
        data = KeyMade(prefix=prefix, name=name)
        await events.append(session, event_types.KEY_REVOKED, key_id, data, Context(now))
