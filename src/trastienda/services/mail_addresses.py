"""Addresses that nothing reaches."""

from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.errors import Conflict, NotFound
from trastienda.schemas.letter import SuppressionPage, SuppressionView
from trastienda.schemas.terms import Terms
from trastienda.services import cursors, events
from trastienda.services.event_types import MAIL_SUPPRESSION_CREATED
from trastienda.services.users import normalised

_SUPPRESS = prepared("""
    INSERT INTO mail_suppressions (id, email, status, created_at)
    VALUES (%(id)s, %(email)s, %(status)s, %(now)s) ON CONFLICT DO NOTHING
""")
_DEAD = prepared("SELECT FROM mail_suppressions WHERE email = %(email)s")
_FORGIVE = prepared("DELETE FROM mail_suppressions WHERE id = %(id)s")
_PAGE = prepared("""
    SELECT id, email, status, created_at FROM mail_suppressions
    WHERE (%(last)s::uuid IS NULL OR id < %(last)s::uuid)
        AND (%(email)s::text IS NULL OR email = %(email)s::text)
    ORDER BY id DESC LIMIT %(limit)s + 1
""")


async def suppress(session: Session, email: str, status: str | None, terms: Terms) -> int:
    """Remember that nothing reaches an address, and tell; return 0 if that was known."""
    id_, address, now = uuid7(), normalised(email), terms.asked_at
    new = await _SUPPRESS(session, id=id_, email=address, status=status, now=now)
    if new:
        view = SuppressionView(id=id_, email=address, status=status, created_at=now)
        await events.append(session, MAIL_SUPPRESSION_CREATED, id_, view, terms)
    return new


async def dead(session: Reading, email: str) -> bool:
    return await _DEAD.row(session, email=normalised(email)) is not None


async def forgive(session: Session, id_: UUID) -> None:
    """Let letters go to an address again. Raise SuppressionNotFound."""
    if not await _FORGIVE(session, id=id_):
        raise SuppressionNotFound


async def page(
    session: Reading, limit: int, cursor: str | None, email: str | None
) -> SuppressionPage:
    """List addresses, the newest first. Raise CursorUnusable for a cursor of another list."""
    wanted = normalised(email) if email else None
    shape = ["suppressions", wanted or ""]
    _, last = cursors.read(cursor, shape, str) if cursor else (None, None)
    rows = await _PAGE.rows(session, last=last, email=wanted, limit=limit)
    items = [
        SuppressionView(id=id_, email=address, status=status, created_at=at)
        for id_, address, status, at in rows[:limit]
    ]
    more = cursors.after(shape, "", items[-1].id) if len(rows) > limit else None
    return SuppressionPage(items, more)


class SuppressionNotFound(NotFound):
    """There is no such suppressed address."""


class AddressSuppressed(Conflict):
    """Letters to this address come back; take it off the list of suppressed addresses first."""
