"""Tags and notes: what staff add to an order that its buyer never sees."""

import unicodedata
from collections.abc import Iterable

from uuid_utils.compat import uuid7

from trastienda.database.db import Session, prepared
from trastienda.database.models.orders.order import Order
from trastienda.errors import Invalid
from trastienda.schemas.orders.note import MOST_TAGS, NoteDraft, NoteView
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.orders import orders

_NOTE = prepared("""
    INSERT INTO order_notes (id, order_id, text, created_at, actor, actor_id)
    VALUES (%(id)s, %(order)s, %(text)s, %(now)s, %(actor)s, %(actor_id)s::uuid)
""")


def normalised(tag: str) -> str:
    """Write a tag as it is kept: in lower case, with one space between two words (Unicode NFC)."""
    return " ".join(unicodedata.normalize("NFC", tag.lower()).split())


async def tag(session: Session, order: Order, tags: Iterable[str], context: Context) -> OrderView:
    """Give a locked order these tags and no others, and tell of a change. Raise TooManyTags."""
    kept = sorted({normalised(it) for it in tags})
    if len(kept) > MOST_TAGS:
        raise TooManyTags(limit=MOST_TAGS, pointer="/tags")
    changed = order.tag(kept)
    await session.orm.flush()
    view = await orders.by_id(session, order.id)
    if changed:
        data = orders.snapshot(view, order.locale)
        await events.append(session, event_types.ORDER_TAGGED, order.id, data, context)
    return view


async def note(session: Session, order: Order, draft: NoteDraft, context: Context) -> NoteView:
    """Add a note to a locked order, and tell of it."""
    by, now = context.by, context.asked_at
    view = NoteView(id=uuid7(), order_id=order.id, text=draft.text, at=now, by=by)
    who = {"actor": by.type.value, "actor_id": by.id}
    await _NOTE(session, id=view.id, order=order.id, text=view.text, now=now, **who)
    data = orders.snapshot(await orders.by_id(session, order.id), order.locale)
    told = {**data, "note": view}
    await events.append(session, event_types.ORDER_NOTED, order.id, told, context)
    return view


class TooManyTags(Invalid):
    """An order has at most 50 tags."""
