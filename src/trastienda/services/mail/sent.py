"""The log of mails: which were queued, and what became of each."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.mail.sent_mail import OPEN, LetterState
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Conflict, NotFound, Unavailable
from trastienda.schemas.mail.mail import Outcome, SentLetterPage, SentLetterView
from trastienda.services.accounts.users import normalised
from trastienda.services.mail.table import Mail, about
from trastienda.services.shared import cursors

LEASE = 60.0
"""Seconds for which a worker has the exclusive right to send a mail; `transport.DEADLINE` is
shorter."""
COLUMNS = """
    id, event_id, letter, recipient, locale, state, attempts, code, status, created_at, changed_at
"""
_QUEUE = prepared(f"""
    INSERT INTO letters_sent (id, event_id, letter, recipient, locale, message_id, state,
        created_at, changed_at, attempts, resends)
    VALUES (%(id)s, %(event)s, %(mail)s, %(recipient)s, %(locale)s, %(message)s,
        '{LetterState.QUEUED}', %(now)s, %(now)s, 0, 0)
    ON CONFLICT DO NOTHING
""")
_DUE = prepared(f"""
    SELECT id FROM letters_sent WHERE event_id = %(event)s AND state IN {OPEN}
    ORDER BY id LIMIT 100
""")
# The lease is measured by the database's clock, because the clocks of nodes differ.
_BEGIN = prepared(f"""
    UPDATE letters_sent SET attempts = attempts + 1, changed_at = %(now)s,
        leased_until = now() + make_interval(secs => %(lease)s)
    WHERE id = %(id)s AND state IN {OPEN} AND (leased_until IS NULL OR leased_until < now())
    RETURNING attempts, event_id, letter, recipient, locale, message_id, resends
""")
_IN_HAND = prepared(f"SELECT FROM letters_sent WHERE id = %(id)s AND state IN {OPEN}")
# A worker whose lease has run out may only report success: another attempt has begun since.
_NOTE = prepared(f"""
    UPDATE letters_sent SET state = %(state)s, code = %(code)s, status = %(status)s,
        changed_at = %(now)s, leased_until = NULL
    WHERE id = %(id)s AND state IN {OPEN}
        AND (attempts = %(number)s OR %(state)s = '{LetterState.SENT}')
    RETURNING recipient
""")
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
    DELETE FROM letters_sent WHERE id IN (
        SELECT id FROM letters_sent WHERE created_at < %(before)s
        ORDER BY created_at LIMIT %(most)s FOR UPDATE SKIP LOCKED)
""")


class SendAttempt(NamedTuple):
    """The right to make one attempt at sending a mail."""

    mail_id: UUID
    number: int


class StartedMail(NamedTuple):
    """A mail that is about to be sent."""

    attempt: SendAttempt
    event_id: UUID
    mail: str
    recipient: str
    locale: Locale
    message_id: str


async def queue(
    session: Session, event_id: UUID, mail: Mail, to: tuple[str, Locale], now: datetime
) -> None:
    """Queue a mail; one that was queued already is not queued again."""
    recipient, locale = to
    first = about(mail.event)[0] is mail
    id_ = uuid7()
    # Further mails about an event need a Message-ID that the first recipient cannot guess.
    # Otherwise they could forge a bounce, and the other address would be suppressed.
    other = f"{event_id}.{id_.hex}.{mail.name}"
    await _QUEUE(
        session,
        id=id_,
        event=event_id,
        mail=mail.name,
        recipient=recipient,
        locale=locale.value,
        message=str(event_id) if first else other,
        now=now,
    )


async def due(session: Reading, event_id: UUID) -> list[UUID]:
    """Return the ids of the mails about an event that are not sent yet."""
    return [row[0] for row in await _DUE.rows(session, event=event_id)]


async def begin(session: Session, id_: UUID, now: datetime) -> StartedMail | None:
    """Begin an attempt; return None for a mail that is sent or given up. Raise LetterInHand."""
    row = await _BEGIN.row(session, id=id_, now=now, lease=LEASE)
    if row is None:
        if await _IN_HAND.row(session, id=id_) is not None:
            raise LetterInHand
        return None
    number, event_id, mail, recipient, locale, message_id, resends = row
    again = f".{resends}" if resends else ""
    attempt = SendAttempt(id_, number)
    return StartedMail(attempt, event_id, mail, recipient, Locale(locale), f"{message_id}{again}")


async def note(
    session: Session, attempt: SendAttempt, outcome: Outcome, now: datetime
) -> str | None:
    """Record an attempt's outcome; return the recipient, or None if a later attempt has begun."""
    row = await _NOTE.row(
        session,
        id=attempt.mail_id,
        number=attempt.number,
        state=outcome.state.value,
        code=outcome.code,
        status=outcome.status,
        now=now,
    )
    return row[0] if row else None


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


class LetterInHand(Unavailable):
    """Another worker is sending this letter at this moment."""


class LetterOnItsWay(Conflict):
    """The letter is on its way already."""
