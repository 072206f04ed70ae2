"""Suppressed addresses: those that mails no longer reach."""

from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.errors import Conflict, NotFound
from trastienda.schemas.mail.mail import SuppressionPage, SuppressionView
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts.users import normalised
from trastienda.services.events import events
from trastienda.services.events.types import MAIL_SUPPRESSION_CREATED
from trastienda.services.shared import cursors

_SUPPRESS = prepared("""
    INSERT INTO mail_suppressions (id, email, status, created_at)
    VALUES (%(id)s, %(email)s, %(status)s, %(now)s) ON CONFLICT DO NOTHING
""")
_FIND = prepared("SELECT FROM mail_suppressions WHERE email = %(email)s")
_UNSUPPRESS = prepared("DELETE FROM mail_suppressions WHERE id = %(id)s")
_PAGE = prepared("""
    SELECT id, email, status, created_at FROM mail_suppressions
    WHERE (%(last)s::uuid IS NULL OR id < %(last)s::uuid)
        AND (%(email)s::text IS NULL OR email = %(email)s::text)
    ORDER BY id DESC LIMIT %(limit)s + 1
""")


async def suppress(session: Session, email: str, status: str | None, context: Context) -> int:
    """Suppress an address and record the event; return 0 if it was suppressed already."""
    id_, address, now = uuid7(), normalised(email), context.asked_at
    new = await _SUPPRESS(session, id=id_, email=address, status=status, now=now)
    if new:
        view = SuppressionView(id=id_, email=address, status=status, created_at=now)
        await events.append(session, MAIL_SUPPRESSION_CREATED, id_, view, context)
    return new


async def is_suppressed(session: Reading, email: str) -> bool:
    """Say whether an address is suppressed."""
    return await _FIND.row(session, email=normalised(email)) is not None


async def unsuppress(session: Session, id_: UUID) -> None:
    """Allow mails to an address again. Raise SuppressionNotFound."""
    if not await _UNSUPPRESS(session, id=id_):
        raise SuppressionNotFound


async def page(
    session: Reading, limit: int, cursor: str | None, email: str | None
) -> SuppressionPage:
    """List suppressed addresses, newest first. Raise CursorUnusable for another list's cursor."""
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
