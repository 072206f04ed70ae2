"""Lists that members of staff save with their filters: each sees their own."""

from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.errors import Conflict
from trastienda.schemas.pages.saved_view import SavedViewDraft, SavedViewView

MOST = 30
"""Of one list: more than that nobody finds again."""
_OF = prepared("""
    SELECT id, name, query FROM saved_views
    WHERE user_id = %(user)s AND list = %(list)s ORDER BY created_at, id
""")
_LOCK = prepared("SELECT id FROM users WHERE id = %(user)s FOR UPDATE")
_SAVE = prepared("""
    INSERT INTO saved_views (id, user_id, list, name, query, created_at)
    VALUES (%(id)s, %(user)s, %(list)s, %(name)s, %(query)s, %(now)s)
    ON CONFLICT (user_id, list, name) DO UPDATE SET query = excluded.query
""")
_DROP = prepared("DELETE FROM saved_views WHERE user_id = %(user)s AND id = %(id)s")


async def of(session: Reading, user_id: UUID | None, list_: str) -> list[SavedViewView]:
    """Return the views of a list that somebody has saved; programs with keys have none."""
    rows = await _OF.rows(session, user=user_id, list=list_)
    return [SavedViewView(id=id_, name=name, query=query) for id_, name, query in rows]


async def save(session: Session, user_id: UUID, draft: SavedViewDraft, now: datetime) -> None:
    """Save a view; another one of the same name is replaced. Raise TooManyViews."""
    await _LOCK(session, user=user_id)  # so that two saves at once are counted both
    known = await of(session, user_id, draft.list)
    if len(known) >= MOST and draft.name not in {it.name for it in known}:
        raise TooManyViews(limit=MOST)
    facts = {"list": draft.list, "name": draft.name, "query": draft.query}
    await _SAVE(session, id=uuid7(), user=user_id, now=now, **facts)


async def drop(session: Session, user_id: UUID, view_id: UUID) -> None:
    """Delete a view of somebody's own; there is nothing to do where it is gone already."""
    await _DROP(session, user=user_id, id=view_id)


class TooManyViews(Conflict):
    """There are too many saved views of this list: delete one first."""
