from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.accounts.user import SCOPES_OF, Role
from trastienda.errors import NotFound
from trastienda.schemas.accounts.session import LoginSessionView
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts.users import Account
from trastienda.services.shared import tokens

LONGEST_AGENT = 300  # characters kept of a User-Agent
MOST = 100  # sessions of one user; the least recently used ones are ended

VISITOR = prepared("""
    SELECT sessions.id, sessions.seen_at, users.id, users.email, users.name, users.role
    FROM sessions JOIN users ON users.id = sessions.user_id
    WHERE sessions.token_hash = %(token_hash)s AND sessions.expires_at > %(now)s
      AND users.suspended_at IS NULL
      AND sessions.seen_at + make_interval(secs => sessions.idle_seconds) > %(now)s
""")

START = prepared("""
    INSERT INTO sessions
        (id, token_hash, user_id, user_agent, idle_seconds, created_at, seen_at, expires_at)
    VALUES (%(id)s, %(token_hash)s, %(user_id)s, %(user_agent)s, %(idle_seconds)s,
            %(now)s, %(now)s, %(expires_at)s)
""")

PRUNE = prepared("""
    DELETE FROM sessions WHERE id IN (
        SELECT id FROM sessions WHERE user_id = %(user_id)s
        ORDER BY seen_at DESC, id DESC OFFSET %(most)s FOR UPDATE SKIP LOCKED)
""")

END = prepared("DELETE FROM sessions WHERE token_hash = %(token_hash)s")
END_ONE = prepared("DELETE FROM sessions WHERE id = %(id)s AND user_id = %(user_id)s")
END_ALL = prepared("DELETE FROM sessions WHERE user_id = %(user_id)s")

LIVE = prepared("""
    SELECT id, user_agent, created_at, seen_at, expires_at FROM sessions
    WHERE user_id = %(user_id)s AND expires_at > %(now)s
      AND seen_at + make_interval(secs => idle_seconds) > %(now)s
    ORDER BY created_at DESC, id DESC
""")

# A row that is locked is skipped: the session is recorded again in a minute.
TOUCH = prepared("""
    UPDATE sessions SET seen_at = %(now)s WHERE id IN (
        SELECT id FROM sessions WHERE id = ANY(%(ids)s) AND seen_at < %(now)s
        FOR UPDATE SKIP LOCKED)
""")

SWEEP = prepared("""
    DELETE FROM sessions WHERE id = ANY (ARRAY(
        SELECT id FROM sessions
        WHERE expires_at < %(before)s
           OR seen_at + make_interval(secs => idle_seconds) < %(before)s
        LIMIT %(most)s FOR UPDATE SKIP LOCKED))
""")


class Limits(NamedTuple):
    """How long a session lasts without use, and at most."""

    idle: timedelta
    absolute: timedelta


CUSTOMERS = Limits(idle=timedelta(days=14), absolute=timedelta(days=60))
STAFF = Limits(idle=timedelta(hours=2), absolute=timedelta(hours=12))


class SessionNotFound(NotFound):
    """There is no such session."""


def limits(role: str | None) -> Limits:
    """Return the lifetimes of sessions of a role."""
    return STAFF if role else CUSTOMERS


async def visitor(session: Reading, token: str, now: datetime) -> tuple[Visitor, datetime] | None:
    """Return the visitor of a session token and when they were last seen; None if it has ended."""
    row = await VISITOR.row(session, token_hash=tokens.digest(token), now=now)
    if row is None:
        return None
    session_id, seen_at, user_id, email, name, role = row
    return as_visitor(Account(user_id, email, name, role, None), session_id), seen_at


def as_visitor(account: Account, session_id: UUID) -> Visitor:
    """Return the visitor for an account, in a session or without one."""
    return Visitor(
        user_id=account.id,
        session_id=session_id,
        email=account.email,
        name=account.name,
        roles=(account.role,) if account.role else (),
        scopes=SCOPES_OF[Role(account.role)] if account.role else frozenset(),
    )


async def start(
    session: Session, account: Account, user_agent: str, now: datetime
) -> tuple[str, Visitor]:
    """Start a session; return its token, of which only a hash is stored, and its visitor."""
    token, session_id, last = tokens.fresh(), uuid7(), limits(account.role)
    agent = "".join(filter(str.isprintable, user_agent))[:LONGEST_AGENT]
    await START(
        session,
        id=session_id,
        token_hash=tokens.digest(token),
        user_id=account.id,
        user_agent=agent,
        idle_seconds=int(last.idle.total_seconds()),
        now=now,
        expires_at=now + last.absolute,
    )
    await PRUNE(session, user_id=account.id, most=MOST)
    return token, as_visitor(account, session_id)


async def end(session: Session, token: str) -> None:
    """End the session of a token, if there is one."""
    await END(session, token_hash=tokens.digest(token))


async def end_one(session: Session, owner: Visitor, session_id: UUID) -> None:
    """End one of a visitor's sessions. Raise SessionNotFound if it is another's, or has ended."""
    if not await END_ONE(session, id=session_id, user_id=owner.user_id):
        raise SessionNotFound(session=session_id)


async def end_all(session: Session, user_id: UUID) -> None:
    """End all sessions of a user, for example after a change of their rights or password."""
    await END_ALL(session, user_id=user_id)


async def live(session: Reading, visitor: Visitor, now: datetime) -> list[LoginSessionView]:
    """List the sessions of a visitor, the latest first."""
    rows = await LIVE.rows(session, user_id=visitor.user_id, now=now)
    return [
        LoginSessionView(
            id=id_,
            user_agent=agent,
            created_at=start,
            seen_at=seen,
            expires_at=end_,
            current=id_ == visitor.session_id,
        )
        for id_, agent, start, seen, end_ in rows
    ]


async def touch(session: Session, ids: Collection[UUID], now: datetime) -> None:
    """Record that these sessions are in use."""
    await TOUCH(session, ids=list(ids), now=now)


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most `most` sessions that expired before then; return how many."""
    return await SWEEP(session, before=before, most=most)
