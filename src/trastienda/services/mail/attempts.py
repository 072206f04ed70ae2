"""Attempts at sending a mail: who may make one, with what it takes to write it, and its outcome.

The first attempt is made by whoever leases the mail; many are leased with one statement. A job
makes the further ones (`services/jobs/queue.py`): it names the event, and takes the mails that are
left.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Row, Session, prepared
from trastienda.database.driver import Call
from trastienda.database.models.mail.sent_mail import OPEN, LetterState
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Unavailable
from trastienda.schemas.jobs.job import JobStatus
from trastienda.schemas.mail.mail import Outcome, WordingDraft
from trastienda.services.channels.channels import DEFAULT
from trastienda.services.events.events import RecordedEvent
from trastienda.services.jobs.queue import MAIL
from trastienda.services.mail.table import Mail, about

LEASE = 60.0
"""Seconds for which a worker has the exclusive right to send a mail; `transport.DEADLINE` is
shorter."""
_QUEUE = prepared(f"""
    INSERT INTO letters_sent (id, event_id, aggregate_id, priority, letter, recipient, locale,
        message_id, state, created_at, changed_at, due_at, attempts, resends)
    SELECT id, event_id, aggregate_id, priority, letter, recipient, locale, message_id,
        '{LetterState.QUEUED}', %(now)s, %(now)s, %(due)s::timestamptz, 0, 0
    FROM unnest((SELECT %(ids)s::uuid[]), (SELECT %(events)s::uuid[]),
        (SELECT %(aggregates)s::uuid[]), (SELECT %(priorities)s::bigint[]),
        (SELECT %(mails)s::text[]), (SELECT %(recipients)s::text[]),
        (SELECT %(locales)s::text[]), (SELECT %(messages)s::text[]))
        AS mail (id, event_id, aggregate_id, priority, letter, recipient, locale, message_id)
    ON CONFLICT DO NOTHING
""")
_LEFT = prepared(f"""
    SELECT id FROM letters_sent WHERE event_id = %(event)s AND state IN {OPEN}
    ORDER BY id LIMIT 100
""")
# What a mail is written from. It is read after the mail is leased, so nobody else is at it.
_WRITTEN_FROM = f"""
    SELECT leased.id, leased.attempts, leased.event_id, leased.letter, leased.recipient,
        leased.locale, leased.message_id, leased.resends, leased.priority,
        EXISTS (SELECT FROM mail_suppressions AS dead WHERE dead.email = leased.recipient),
        EXISTS (SELECT FROM mail_consents AS consent
            WHERE consent.email = leased.recipient AND consent.granted),
        channels.name, (SELECT texts FROM letter_wordings AS wording
            WHERE wording.channel_id = channels.id AND wording.letter = leased.letter
                AND wording.locale = leased.locale),
        EXISTS (SELECT FROM letters_sent AS others
            WHERE others.due_at IS NOT NULL AND others.leased_until IS NULL
                AND NOT EXISTS (SELECT FROM leased AS held WHERE held.id = others.id)),
        events.type, events.data, events.created_at, events.aggregate_id, events.actor
    FROM leased JOIN channels ON channels.slug = '{DEFAULT}'
        LEFT JOIN events ON events.id = leased.event_id
    ORDER BY leased.id
"""
# The lease is measured by the database's clock, because the clocks of nodes differ.
_BEGUN = """attempts = letters.attempts + 1, changed_at = %(now)s,
    leased_until = now() + make_interval(secs => %(lease)s)"""
# A mail waits while an earlier event about the same thing has one that waits, or a job. The mails
# about one event go side by side: one for the merchant does not wait for the buyer's.
FREE = f"""waiting.due_at IS NOT NULL AND waiting.leased_until IS NULL
    AND NOT EXISTS (
        SELECT FROM letters_sent AS earlier
        WHERE earlier.aggregate_id = waiting.aggregate_id AND earlier.due_at IS NOT NULL
            AND earlier.id < waiting.id AND earlier.event_id <> waiting.event_id)
    AND NOT EXISTS (
        SELECT FROM procrastinate_jobs AS jobs
        WHERE jobs.lock = waiting.aggregate_id::text AND jobs.task_name = '{MAIL}'
            AND jobs.status IN ('{JobStatus.TODO}', '{JobStatus.DOING}'))"""
_LEASE = prepared(f"""
    WITH first AS MATERIALIZED (
        SELECT id FROM letters_sent AS waiting WHERE {FREE}
        ORDER BY priority DESC, id LIMIT %(most)s FOR UPDATE SKIP LOCKED
    ), leased AS (
        UPDATE letters_sent AS letters SET {_BEGUN}
        FROM first WHERE letters.id = first.id
        RETURNING letters.*
    )
    {_WRITTEN_FROM}
""")
_BEGIN = prepared(f"""
    WITH leased AS (
        UPDATE letters_sent AS letters SET {_BEGUN}
        WHERE id = %(id)s AND state IN {OPEN} AND (leased_until IS NULL OR leased_until < now())
        RETURNING letters.*
    )
    {_WRITTEN_FROM}
""")
_IN_HAND = prepared(f"SELECT FROM letters_sent WHERE id = %(id)s AND state IN {OPEN}")
# A worker whose lease has run out may only report success: another attempt has begun since.
_NOTE = prepared(f"""
    UPDATE letters_sent SET state = %(state)s, code = %(code)s, status = %(status)s,
        changed_at = %(now)s, leased_until = NULL, due_at = NULL
    WHERE id = %(id)s AND state IN {OPEN}
        AND (attempts = %(number)s OR %(state)s = '{LetterState.SENT}')
    RETURNING recipient
""")
_NOTE_SENT = prepared(f"""
    UPDATE letters_sent SET state = '{LetterState.SENT}', code = NULL, status = NULL,
        changed_at = %(now)s, leased_until = NULL, due_at = NULL
    WHERE id = ANY (%(ids)s::uuid[]) AND state IN {OPEN}
""")
_LEAVE = prepared("""
    UPDATE letters_sent SET due_at = NULL, leased_until = NULL
    WHERE id = %(id)s AND attempts = %(number)s AND due_at IS NOT NULL
""")
_RELEASE = prepared("""
    UPDATE letters_sent SET leased_until = NULL WHERE id = %(id)s AND attempts = %(number)s
""")
_TAKE_UP = prepared("""
    WITH left_behind AS MATERIALIZED (
        SELECT id FROM letters_sent WHERE due_at IS NOT NULL AND leased_until < now()
        ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED
    ), taken_up AS (
        UPDATE letters_sent AS letters SET due_at = NULL
        FROM left_behind WHERE letters.id = left_behind.id
        RETURNING letters.id, letters.event_id, letters.aggregate_id, letters.priority
    )
    SELECT event_id, aggregate_id, priority FROM taken_up ORDER BY id
""")


class QueuedMail(NamedTuple):
    """A mail that is to be sent: about what, to whom, and before others or not."""

    event_id: UUID
    aggregate_id: UUID
    mail: Mail
    recipient: str
    locale: Locale
    priority: int


class SendAttempt(NamedTuple):
    """The right to make one attempt at sending a mail."""

    mail_id: UUID
    number: int


class LeasedMail(NamedTuple):
    """A mail that one worker alone may send, and what it is written from."""

    attempt: SendAttempt
    event_id: UUID
    mail: str
    recipient: str
    locale: Locale
    message_id: str
    priority: int
    suppressed: bool
    """Whether nothing is sent to this address."""
    consented: bool
    """Whether its owner wants reminders."""
    shop: str
    """The channel's name."""
    wording: WordingDraft | None
    """The merchant's own."""
    others_wait: bool
    """Whether other mails still wait for their first attempt."""
    event: RecordedEvent | None
    """None if it is not kept any more."""


class LeftMail(NamedTuple):
    """A mail whose worker has died."""

    event_id: UUID
    aggregate_id: UUID
    priority: int


def queueing(mails: Sequence[QueuedMail], now: datetime, due: datetime | None) -> Call:
    """Return the call that queues mails; one that was queued already is not queued again.

    They wait for their first attempt since `due`. Without, somebody else takes care of them.
    """
    ids = [uuid7() for _ in mails]
    return _QUEUE.call(
        {
            "ids": ids,
            "events": [it.event_id for it in mails],
            "aggregates": [it.aggregate_id for it in mails],
            "priorities": [it.priority for it in mails],
            "mails": [it.mail.name for it in mails],
            "recipients": [it.recipient for it in mails],
            "locales": [it.locale.value for it in mails],
            "messages": [_message_id(it, id_) for it, id_ in zip(mails, ids, strict=True)],
            "now": now,
            "due": due,
        }
    )


def _message_id(queued: QueuedMail, id_: UUID) -> str:
    """Return the event's id for the first mail about it.

    Further ones need a Message-ID that the first recipient cannot guess. Otherwise they could forge
    a bounce, and the other address would be suppressed.
    """
    first = about(queued.mail.event)[0] is queued.mail
    return str(queued.event_id) if first else f"{queued.event_id}.{id_.hex}.{queued.mail.name}"


async def left(session: Reading, event_id: UUID) -> list[UUID]:
    """Return the ids of the mails about an event that are not sent yet."""
    return [row[0] for row in await _LEFT.rows(session, event=event_id)]


async def lease(session: Session, most: int, now: datetime) -> list[LeasedMail]:
    """Begin the first attempt at `most` mails at most, those with the highest priority first."""
    return [_leased(row) for row in await _LEASE.rows(session, most=most, now=now, lease=LEASE)]


async def begin(session: Session, id_: UUID, now: datetime) -> LeasedMail | None:
    """Begin an attempt; return None for a mail that is sent or given up. Raise LetterInHand."""
    row = await _BEGIN.row(session, id=id_, now=now, lease=LEASE)
    if row is None and await _IN_HAND.row(session, id=id_) is not None:
        raise LetterInHand
    return _leased(row) if row else None


def _leased(row: Row) -> LeasedMail:
    id_, number, event_id, mail, recipient, locale, message_id, resends, *rest = row
    priority, suppressed, consented, shop, wording, others_wait, *event = rest
    return LeasedMail(
        SendAttempt(id_, number),
        event_id,
        mail,
        recipient,
        Locale(locale),
        f"{message_id}.{resends}" if resends else message_id,
        priority,
        suppressed,
        consented,
        shop,
        msgspec.convert(wording, WordingDraft) if wording is not None else None,
        others_wait,
        RecordedEvent(*event) if event[0] is not None else None,
    )


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


async def note_sent(session: Session, mail_ids: Sequence[UUID], now: datetime) -> None:
    """Record that mails were sent. One statement."""
    await _NOTE_SENT(session, ids=list(mail_ids), now=now)


async def leave(session: Session, attempt: SendAttempt) -> None:
    """End the first attempt at a mail: a job makes the next one."""
    await _LEAVE(session, id=attempt.mail_id, number=attempt.number)


async def release(session: Session, attempt: SendAttempt) -> None:
    """End an attempt of which nothing came: anybody may begin the next one at once."""
    await _RELEASE(session, id=attempt.mail_id, number=attempt.number)


async def take_up(session: Session, most: int) -> list[LeftMail]:
    """End at most `most` first attempts whose worker has died, and return the mails."""
    return [LeftMail(*row) for row in await _TAKE_UP.rows(session, most=most)]


class LetterInHand(Unavailable):
    """Another worker is sending this letter at this moment."""
