"""The log of mails: which were queued, and what became of each."""

from datetime import datetime
from uuid import UUID

import msgspec

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.mail.sent_mail import OPEN, LetterState
from trastienda.errors import Conflict, NotFound
from trastienda.schemas.mail.mail import SentLetterPage, SentLetterView
from trastienda.services.accounts.users import normalised
from trastienda.services.shared import cursors

COLUMNS = """
    id, event_id, letter, recipient, locale, state, attempts, code, status, created_at, changed_at
"""
_BOUNCE = prepared(f"""
    UPDATE letters_sent
    SET state = '{LetterState.BOUNCED}', status = %(status)s, changed_at = %(now)s
    WHERE message_id = %(message)s
    RETURNING recipient
""")
_RESEND = prepared(f"""
    UPDATE letters_sent SET state = '{LetterState.QUEUED}', resends = resends + 1, code = NULL,
        status = NULL, changed_at = %(now)s
    WHERE id = %(id)s AND state NOT IN {OPEN}
""")
_VIEW = prepared(f"SELECT {COLUMNS} FROM letters_sent WHERE id = %(id)s")
_PAGE = prepared(f"""
    SELECT {COLUMNS} FROM letters_sent
    WHERE (%(last)s::uuid IS NULL OR id < %(last)s::uuid)
        AND (%(state)s::text IS NULL OR state = %(state)s::text)
        AND (%(recipient)s::text IS NULL OR recipient = %(recipient)s::text)
    ORDER BY id DESC LIMIT %(limit)s + 1
""")
_SWEEP = prepared("""
    DELETE FROM letters_sent WHERE id = ANY (ARRAY(
        SELECT id FROM letters_sent WHERE created_at < %(before)s
        ORDER BY created_at LIMIT %(most)s FOR UPDATE SKIP LOCKED))
""")


async def bounce(session: Session, message_id: str, status: str, now: datetime) -> str | None:
    """Mark a mail as bounced; return its recipient, or None if the mail is unknown."""
    number, _, last = message_id.rpartition(".")
    asked = number if number and last.isdigit() else message_id
    row = await _BOUNCE.row(session, message=asked, status=status, now=now)
    return row[0] if row else None


async def resend(session: Session, id_: UUID, now: datetime) -> SentLetterView:
    """Queue a mail to be sent again. Raise LetterNotFound or LetterOnItsWay."""
    if not await _RESEND(session, id=id_, now=now):
        await view(session, id_)
        raise LetterOnItsWay
    return await view(session, id_)


async def view(session: Reading, id_: UUID) -> SentLetterView:
    """Return one mail of the log. Raise LetterNotFound."""
    if row := await _VIEW.row(session, id=id_):
        return _view(row)
    raise LetterNotFound


async def page(
    session: Reading,
    limit: int,
    cursor: str | None,
    state: LetterState | None,
    recipient: str | None,
) -> SentLetterPage:
    """List mails, the newest first. Raise CursorUnusable for another list's cursor."""
    wanted = normalised(recipient) if recipient else None
    shape = ["mail", state.value if state else "", wanted or ""]
    _, last = cursors.read(cursor, shape, str) if cursor else (None, None)
    rows = await _PAGE.rows(
        session,
        last=last,
        state=state.value if state else None,
        recipient=wanted,
        limit=limit,
    )
    items = [_view(row) for row in rows[:limit]]
    more = cursors.after(shape, "", items[-1].id) if len(rows) > limit else None
    return SentLetterPage(items, more)


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most `most` mails that were queued before then; return how many."""
    return await _SWEEP(session, before=before, most=most)


def _view(row: tuple[object, ...]) -> SentLetterView:
    names = COLUMNS.replace(",", " ").split()
    return msgspec.convert(dict(zip(names, row, strict=True)), SentLetterView)


class LetterNotFound(NotFound):
    """There is no such letter."""


class LetterOnItsWay(Conflict):
    """The letter is on its way already."""
