"""The log of letters: which were asked for, and what became of each."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.sent_letter import LetterState
from trastienda.database.models.text import Locale
from trastienda.errors import Conflict, NotFound, Unavailable
from trastienda.schemas.letter import Outcome, SentLetterPage, SentLetterView
from trastienda.services import cursors
from trastienda.services.letter_table import Letter, about
from trastienda.services.users import normalised

LEASE = 60.0
"""Seconds for which who has begun to send a letter is the only one: `mail.WHOLE` is shorter."""
OPEN = f"('{LetterState.QUEUED}', '{LetterState.DELAYED}')"
COLUMNS = """
    id, event_id, letter, recipient, locale, state, attempts, code, status, created_at, changed_at
"""
_QUEUE = prepared("""
    INSERT INTO letters_sent (id, event_id, letter, recipient, locale, message_id, state,
        created_at, changed_at, attempts, resends)
    VALUES (%(id)s, %(event)s, %(letter)s, %(recipient)s, %(locale)s, %(message)s, 'queued',
        %(now)s, %(now)s, 0, 0)
    ON CONFLICT DO NOTHING
""")
_DUE = prepared(f"""
    SELECT id FROM letters_sent WHERE event_id = %(event)s AND state IN {OPEN}
    ORDER BY id LIMIT 100
""")
# The lease goes by the clock of the database: those of nodes differ.
_BEGIN = prepared(f"""
    UPDATE letters_sent SET attempts = attempts + 1, changed_at = %(now)s,
        leased_until = now() + make_interval(secs => %(lease)s)
    WHERE id = %(id)s AND state IN {OPEN} AND (leased_until IS NULL OR leased_until < now())
    RETURNING attempts, event_id, letter, recipient, locale, message_id, resends
""")
_IN_HAND = prepared(f"SELECT FROM letters_sent WHERE id = %(id)s AND state IN {OPEN}")
# Who is late, and was followed by another, says nothing any more but that it is sent.
_NOTE = prepared(f"""
    UPDATE letters_sent SET state = %(state)s, code = %(code)s, status = %(status)s,
        changed_at = %(now)s, leased_until = NULL
    WHERE id = %(id)s AND state IN {OPEN}
        AND (attempts = %(number)s OR %(state)s = '{LetterState.SENT}')
    RETURNING recipient
""")
_BOUNCE = prepared("""
    UPDATE letters_sent SET state = 'bounced', status = %(status)s, changed_at = %(now)s
    WHERE message_id = %(message)s
    RETURNING recipient
""")
_RESEND = prepared("""
    UPDATE letters_sent SET state = 'queued', resends = resends + 1, code = NULL, status = NULL,
        changed_at = %(now)s
    WHERE id = %(id)s AND state NOT IN ('queued', 'delayed')
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
    DELETE FROM letters_sent WHERE id IN (
        SELECT id FROM letters_sent WHERE created_at < %(before)s
        ORDER BY created_at LIMIT %(most)s FOR UPDATE SKIP LOCKED)
""")


class Turn(NamedTuple):
    """The right to send a letter, this one time."""

    letter_id: UUID
    number: int


class Begun(NamedTuple):
    """A letter that is about to be sent."""

    turn: Turn
    event_id: UUID
    letter: str
    recipient: str
    locale: Locale
    message_id: str


async def queue(
    session: Session, event_id: UUID, letter: Letter, to: tuple[str, Locale], now: datetime
) -> None:
    """Ask for a letter; what was asked for already is not asked for again."""
    recipient, locale = to
    first = about(letter.event)[0] is letter
    id_ = uuid7()
    # The others need a Message-ID of their own, which who got the first cannot guess: they would
    # have it "come back", and nobody would write to that address any more.
    other = f"{event_id}.{id_.hex}.{letter.name}"
    await _QUEUE(
        session,
        id=id_,
        event=event_id,
        letter=letter.name,
        recipient=recipient,
        locale=locale.value,
        message=str(event_id) if first else other,
        now=now,
    )


async def due(session: Reading, event_id: UUID) -> list[UUID]:
    """List the letters about an event that are not sent yet."""
    return [row[0] for row in await _DUE.rows(session, event=event_id)]


async def begin(session: Session, id_: UUID, now: datetime) -> Begun | None:
    """Count one more try; None when it is sent, or given up. Raise LetterInHand."""
    row = await _BEGIN.row(session, id=id_, now=now, lease=LEASE)
    if row is None:
        if await _IN_HAND.row(session, id=id_) is not None:
            raise LetterInHand
        return None
    number, event_id, letter, recipient, locale, message_id, resends = row
    again = f".{resends}" if resends else ""
    turn = Turn(id_, number)
    return Begun(turn, event_id, letter, recipient, Locale(locale), f"{message_id}{again}")


async def note(session: Session, turn: Turn, outcome: Outcome, now: datetime) -> str | None:
    """Write down how it went; return the recipient, None when another one has said so already."""
    row = await _NOTE.row(
        session,
        id=turn.letter_id,
        number=turn.number,
        state=outcome.state.value,
        code=outcome.code,
        status=outcome.status,
        now=now,
    )
    return row[0] if row else None


async def bounce(session: Session, message_id: str, status: str, now: datetime) -> str | None:
    """Write down that a letter came back; return the recipient, None if it is none of ours."""
    number, _, last = message_id.rpartition(".")
    asked = number if number and last.isdigit() else message_id
    row = await _BOUNCE.row(session, message=asked, status=status, now=now)
    return row[0] if row else None


async def resend(session: Session, id_: UUID, now: datetime) -> SentLetterView:
    """Ask for a letter once more. Raise LetterNotFound or LetterOnItsWay."""
    if not await _RESEND(session, id=id_, now=now):
        await view(session, id_)
        raise LetterOnItsWay
    return await view(session, id_)


async def view(session: Reading, id_: UUID) -> SentLetterView:
    """Return one. Raise LetterNotFound."""
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
    """List letters, the newest first. Raise CursorUnusable for a cursor of another list."""
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
    """Delete at most so many that were asked for before then; return how many."""
    return await _SWEEP(session, before=before, most=most)


def _view(row: tuple[object, ...]) -> SentLetterView:
    names = COLUMNS.replace(",", " ").split()
    return msgspec.convert(dict(zip(names, row, strict=True)), SentLetterView)


class LetterNotFound(NotFound):
    """There is no such letter."""


class LetterInHand(Unavailable):
    """Another worker is sending this letter at this moment."""


class LetterOnItsWay(Conflict):
    """The letter is on its way already."""
