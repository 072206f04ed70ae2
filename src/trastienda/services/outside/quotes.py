"""Stored answers of external services, and which questions have to be asked before a cart goes on.

No service is asked inside a transaction: a statement without an answer raises QuotesWanted, which
rolls the transaction back. `controllers.outside_quotes.quoted` asks, and runs it again.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

import msgspec
from psycopg.types.json import Jsonb

from trastienda.database.db import Reading, Session, prepared
from trastienda.schemas.outside.outside import Answer, Question, Quote
from trastienda.services import outside
from trastienda.services.outside.questions import key, kind, lifetime

ROUNDS = 3  # the second finds the answers to the first; a cart may change meanwhile

_READ = prepared("""
    SELECT key, answer, quoted_at, fresh_until > %(now)s FROM outside_quotes
    WHERE service = ANY (%(services)s::text[]) AND key = ANY (%(keys)s::bytea[])
        AND expires_at > %(now)s
""")
_KEEP = prepared("""
    INSERT INTO outside_quotes (service, key, answer, quoted_at, fresh_until, expires_at)
    VALUES (%(service)s, %(key)s, %(answer)s, %(now)s, %(fresh_until)s, %(expires_at)s)
    ON CONFLICT (service, key) DO UPDATE SET answer = excluded.answer,
        quoted_at = excluded.quoted_at, fresh_until = excluded.fresh_until,
        expires_at = excluded.expires_at
    WHERE outside_quotes.quoted_at <= excluded.quoted_at
""")
_SWEEP = prepared("""
    DELETE FROM outside_quotes WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM outside_quotes WHERE expires_at < %(before)s
        ORDER BY expires_at LIMIT %(most)s FOR UPDATE SKIP LOCKED))
""")


class AskedOutside:
    """The questions that were asked for one request, none of them twice."""

    def __init__(self) -> None:
        self.keys: set[bytes] = set()
        self.rounds = 0

    def missing(self, questions: Sequence[Question]) -> list[Question]:
        return [it for it in questions if key(it) not in self.keys]


_asked: ContextVar[AskedOutside | None] = ContextVar("asked outside", default=None)


@contextmanager
def asking() -> Iterator[AskedOutside]:
    """Allow missing answers to be asked for, until the block ends."""
    mine = AskedOutside()
    token = _asked.set(mine)
    try:
        yield mine
    finally:
        _asked.reset(token)


async def answers(
    session: Reading, questions: Sequence[Question], now: datetime
) -> list[Quote | None]:
    """Return the last good answer to each question, if still usable. Raise QuotesWanted."""
    if not questions:
        return []
    keys = [key(question) for question in questions]
    services = sorted({kind(question).service for question in questions})
    rows = {
        bytes(its): (answer, quoted_at, fresh)
        for its, answer, quoted_at, fresh in await _READ.rows(
            session, services=services, keys=keys, now=now
        )
    }
    stale = [
        question
        for question, its in zip(questions, keys, strict=True)
        if outside.has(kind(question).service) and not (its in rows and rows[its][2])
    ]
    mine = _asked.get()
    if mine is not None and mine.rounds < ROUNDS and (missing := mine.missing(stale)):
        raise QuotesWanted(missing)
    return [_quote(question, rows.get(its)) for question, its in zip(questions, keys, strict=True)]


async def keep(session: Session, question: Question, answer: Answer, now: datetime) -> None:
    """Store an answer, which is the last good one from now on."""
    fresh, usable = lifetime(question, answer)
    await _KEEP(
        session,
        service=kind(question).service,
        key=key(question),
        answer=Jsonb(answer),
        now=now,
        fresh_until=now + fresh,
        expires_at=now + usable,
    )


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most `most` answers that had expired by then; return how many."""
    return await _SWEEP(session, before=before, most=most)


def _quote(question: Question, row: tuple[Any, datetime, bool] | None) -> Quote | None:
    if row is None:
        return None
    answer: Answer = msgspec.convert(row[0], kind(question).answers)
    return Quote(answer, row[1])


class QuotesWanted(Exception):
    """These questions have to be asked first; the transaction is rolled back."""

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__("outside services have to be asked first")
        self.questions = questions
