"""What staff write down about customers, for each other."""

from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Row, Session, prepared
from trastienda.schemas.customers.customer import (
    CustomerNoteDraft,
    CustomerNotes,
    CustomerNoteView,
)
from trastienda.schemas.shared.actor import Actor, ActorKind
from trastienda.schemas.shared.context import Context
from trastienda.services.customers.listing import CustomerNotFound
from trastienda.services.shared import cursors

NEWEST = 20
"""Notes that are shown beside a customer."""
_PAGE = prepared("""
    SELECT id, text, created_at, actor, actor_id FROM customer_notes
    WHERE user_id = %(user)s AND (%(last)s::uuid IS NULL OR id < %(last)s::uuid)
    ORDER BY id DESC LIMIT %(limit)s + 1
""")
_ADD = prepared("""
    INSERT INTO customer_notes (id, user_id, text, created_at, actor, actor_id)
    VALUES (%(id)s, %(user)s, %(text)s, %(now)s, %(actor)s, %(actor_id)s::uuid)
""")
_CLAIM = prepared("""
    SELECT FROM users WHERE id = %(user)s AND verified_at IS NOT NULL FOR NO KEY UPDATE
""")


async def claim(session: Session, user_id: UUID) -> None:
    """Lock a customer. Raise CustomerNotFound."""
    if await _CLAIM.row(session, user=user_id) is None:
        raise CustomerNotFound


async def add(
    session: Session, user_id: UUID, draft: CustomerNoteDraft, context: Context
) -> CustomerNoteView:
    """Add a note about a customer."""
    by, now = context.by, context.asked_at
    view = CustomerNoteView(id=uuid7(), text=draft.text, at=now, by=by)
    who = {"actor": by.type.value, "actor_id": by.id}
    await _ADD(session, id=view.id, user=user_id, text=view.text, now=now, **who)
    return view


async def newest(session: Reading, user_id: UUID) -> list[CustomerNoteView]:
    """Return the newest notes about a customer."""
    return (await page(session, user_id, NEWEST, None)).items


async def page(session: Reading, user_id: UUID, limit: int, cursor: str | None) -> CustomerNotes:
    """List the notes about a customer, the newest first. Raise CursorUnusable."""
    shape = ["customer-notes", str(user_id)]
    _, last = cursors.read(cursor, shape, str) if cursor else (None, None)
    rows = await _PAGE.rows(session, user=user_id, last=last, limit=limit)
    items = [_view(row) for row in rows[:limit]]
    more = cursors.after(shape, "", items[-1].id) if len(rows) > limit else None
    return CustomerNotes(items, more)


def _view(row: Row) -> CustomerNoteView:
    id_, text, at, actor, actor_id = row
    return CustomerNoteView(id=id_, text=text, at=at, by=Actor(ActorKind(actor), actor_id))
