from collections.abc import Collection
from datetime import datetime

from trastienda.database.db import transaction, use_case
from trastienda.database.models.api_key import ApiKey
from trastienda.database.models.user import SCOPES, SCOPES_OF, Role
from trastienda.errors import Invalid
from trastienda.schemas.event import KeyMade
from trastienda.schemas.terms import Terms
from trastienda.services import event_types, events, keys, tokens

LONGEST_NAME = 200


class ScopeUnknown(Invalid):
    """There is no such scope."""


class ScopeOutsideRole(Invalid):
    """The role does not have that scope."""


class KeyNameUnusable(Invalid):
    """The name of a key has 1 to 200 characters."""


class KeyAllowsNothing(Invalid):
    """A key needs a role or at least one scope."""


@use_case
async def create(
    name: str,
    role: Role | None,
    scopes: Collection[str],
    now: datetime,
    expires_at: datetime | None,
) -> str:
    """Make a key and return it; it cannot be shown again.

    Scopes narrow the role; without a role they are all that the key may do.
    """
    if not 1 <= len(name) <= LONGEST_NAME:
        raise KeyNameUnusable
    _check(role, frozenset(scopes))
    key, prefix = keys.fresh()
    async with transaction() as session:
        row = ApiKey(
            name=name,
            prefix=prefix,
            key_hash=tokens.digest(key),
            role=role,
            scopes=sorted(scopes),
            created_at=now,
            expires_at=expires_at,
        )
        session.orm.add(row)
        await session.orm.flush()
        what = KeyMade(prefix=prefix, name=name)
        await events.append(session, event_types.KEY_CREATED, row.id, what, Terms(now))
    return key


def _check(role: Role | None, scopes: frozenset[str]) -> None:
    if role is None and not scopes:
        raise KeyAllowsNothing
    if unknown := scopes - SCOPES:
        raise ScopeUnknown(scope=min(unknown))
    if role is not None and (more := scopes - SCOPES_OF[role]):
        raise ScopeOutsideRole(scope=min(more), role=role.value)


@use_case
async def revoke(prefix: str, now: datetime) -> None:
    async with transaction() as session:
        key_id, name = await keys.revoke(session, prefix, now)
        what = KeyMade(prefix=prefix, name=name)
        await events.append(session, event_types.KEY_REVOKED, key_id, what, Terms(now))
