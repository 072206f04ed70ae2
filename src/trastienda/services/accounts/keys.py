import re
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from sqlalchemy import select

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.accounts.api_key import ApiKey
from trastienda.database.models.accounts.user import SCOPES_OF, Role
from trastienda.errors import NotFound
from trastienda.schemas.accounts.api_key import ApiKeyView
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.shared import tokens
from trastienda.services.shared.records import selected

SHAPE = re.compile(r"tk_[0-9a-f]{12}_[A-Za-z0-9_-]{43}")

BY_PREFIX = prepared("""
    SELECT id, last_used_at, name, key_hash, role, scopes FROM api_keys
    WHERE prefix = %(prefix)s AND revoked_at IS NULL
      AND (expires_at IS NULL OR expires_at > %(now)s)
""")

REVOKE = prepared("""
    UPDATE api_keys SET revoked_at = %(now)s WHERE prefix = %(prefix)s AND revoked_at IS NULL
    RETURNING id, name
""")

REVOKE_ALL = prepared("""
    UPDATE api_keys SET revoked_at = %(now)s WHERE user_id = %(user_id)s AND revoked_at IS NULL
    RETURNING id, prefix, name
""")

_RIGHTS = prepared("""
    SELECT role, scopes FROM api_keys WHERE id = %(id)s AND revoked_at IS NULL
      AND (expires_at IS NULL OR expires_at > %(now)s)
""")

_VIEW_SQL = """
    SELECT api_keys.id, prefix, api_keys.name, api_keys.role, scopes, api_keys.created_at,
        expires_at, last_used_at, users.email AS staff, maker.email AS made_by,
        maker.id IS NOT NULL AND (maker.role IS NULL OR maker.suspended_at IS NOT NULL)
            AS maker_left
    FROM api_keys LEFT JOIN users ON users.id = api_keys.user_id
        LEFT JOIN users AS maker ON maker.id = api_keys.made_by
    WHERE revoked_at IS NULL
"""
_VIEW = prepared(f"{_VIEW_SQL} AND api_keys.id = %(id)s")
_UNREVOKED = prepared(f"{_VIEW_SQL} ORDER BY api_keys.id DESC")
TOUCH = prepared("""
    UPDATE api_keys SET last_used_at = %(now)s WHERE id IN (
        SELECT id FROM api_keys WHERE id = ANY(%(ids)s)
          AND (last_used_at IS NULL OR last_used_at < %(now)s)
        FOR UPDATE SKIP LOCKED)
""")


class KeyNotFound(NotFound):
    """There is no such key, or it is revoked already."""


def fresh() -> tuple[str, str]:
    """Return a new key, and the prefix by which it is found and named."""
    prefix = secrets.token_hex(6)
    return f"tk_{prefix}_{tokens.fresh()}", prefix


def well_formed(key: str) -> bool:
    """Say whether a key has the right form, before the database is queried."""
    return SHAPE.fullmatch(key) is not None


async def visitor(
    session: Reading, key: str, now: datetime
) -> tuple[Visitor, datetime | None] | None:
    """Return the visitor of a well-formed key and when it was last used; None if it is invalid."""
    prefix = key.split("_", 2)[1]
    row = await BY_PREFIX.row(session, prefix=prefix, now=now)
    if row is None or not compare_digest(row[3], tokens.digest(key)):
        return None
    key_id, last_used_at, name, _, role, scopes = row
    known = Visitor(
        key_id=key_id, name=name, roles=(role,) if role else (), scopes=allowed(role, scopes)
    )
    return known, last_used_at


async def scopes(session: Reading, key_id: UUID, now: datetime) -> frozenset[str]:
    """Return what a key may do; nothing if it is revoked or has expired."""
    row = await _RIGHTS.row(session, id=key_id, now=now)
    return allowed(*row) if row else frozenset()


def allowed(role: str | None, scopes: Collection[str]) -> frozenset[str]:
    """Return what a key may do: its scopes, or if it has none, all that its role may do."""
    return frozenset(scopes) if scopes or role is None else SCOPES_OF[Role(role)]


async def all_keys(session: Reading) -> Sequence[ApiKey]:
    """List all keys."""
    return (await session.orm.scalars(select(ApiKey).order_by(ApiKey.id))).all()


async def unrevoked(session: Reading) -> list[ApiKeyView]:
    """List the keys that are not revoked, the newest first."""
    return [selected(row, ApiKeyView) for row in await _UNREVOKED.rows(session)]


async def view(session: Reading, key_id: UUID) -> ApiKeyView:
    """Return a key that is not revoked. Raise KeyNotFound."""
    if row := await _VIEW.row(session, id=key_id):
        return selected(row, ApiKeyView)
    raise KeyNotFound(key=str(key_id))


async def revoke(session: Session, prefix: str, now: datetime) -> tuple[UUID, str]:
    """Revoke a key from the next request on; return its id and name. Raise KeyNotFound."""
    row = await REVOKE.row(session, prefix=prefix, now=now)
    if row is None:
        raise KeyNotFound(key=prefix)
    return row[0], row[1]


async def revoke_all(
    session: Session, user_id: UUID, now: datetime
) -> Sequence[tuple[UUID, str, str]]:
    """Revoke the keys of a user; return the id, prefix and name of each."""
    rows = await REVOKE_ALL.rows(session, user_id=user_id, now=now)
    return [(id_, prefix, name) for id_, prefix, name in rows]


async def touch(session: Session, ids: Collection[UUID], now: datetime) -> None:
    """Record that these keys are in use."""
    await TOUCH(session, ids=list(ids), now=now)
