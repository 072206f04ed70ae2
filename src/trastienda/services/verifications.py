"""Registrations that wait for somebody to prove that the address is theirs."""

from datetime import datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Session, prepared
from trastienda.errors import Invalid
from trastienda.services import tokens

WAITS_FOR_MAIL = timedelta(days=7)
LIFETIME = timedelta(hours=24)  # of a link, from when its mail was written

ATTEMPT = prepared("""
    INSERT INTO verifications (id, user_id, password_hash, name, created_at, expires_at)
    VALUES (%(id)s, %(user_id)s, %(password_hash)s, %(name)s, %(now)s, %(expires_at)s)
""")

ISSUE = prepared("""
    UPDATE verifications SET token_hash = %(token_hash)s, expires_at = %(expires_at)s
    FROM users
    WHERE verifications.id = %(id)s AND verifications.expires_at > %(now)s
      AND users.id = verifications.user_id AND users.verified_at IS NULL
""")

# `verified_at IS NULL` decides, on the locked row: of two links followed at once, one counts.
REDEEM = prepared("""
    UPDATE users SET verified_at = %(now)s, password_hash = attempt.password_hash,
        name = attempt.name, version = users.version + 1
    FROM verifications AS attempt
    WHERE attempt.token_hash = %(token_hash)s AND attempt.expires_at > %(now)s
      AND users.id = attempt.user_id AND users.verified_at IS NULL
    RETURNING users.id
""")

CLEAR = prepared("DELETE FROM verifications WHERE user_id = %(user_id)s")

SWEEP = prepared("""
    DELETE FROM verifications WHERE id IN (
        SELECT id FROM verifications WHERE expires_at < %(before)s
        LIMIT %(most)s FOR UPDATE SKIP LOCKED)
""")


class VerificationExpired(Invalid):
    """The link is not valid, was used already, or is too old; register again for a new one."""


async def attempt(
    session: Session, user_id: UUID, password_hash: str, name: str, now: datetime
) -> UUID:
    """Keep a registration until its mail is answered.

    Also kept when the account exists already: then nothing will come of it, but it must not be
    quicker.
    """
    verification_id = uuid7()
    await ATTEMPT(
        session,
        id=verification_id,
        user_id=user_id,
        password_hash=password_hash,
        name=name,
        now=now,
        expires_at=now + WAITS_FOR_MAIL,
    )
    return verification_id


async def issue(session: Session, verification_id: UUID, now: datetime) -> str | None:
    """Make the token of a registration's mail, good for a day; None when there is an account.

    A second call, as when the mail is sent again, makes a new token and the first is void.
    """
    token = tokens.fresh()
    issued = await ISSUE(
        session,
        id=verification_id,
        token_hash=tokens.digest(token),
        now=now,
        expires_at=now + LIFETIME,
    )
    return token if issued else None


async def redeem(session: Session, token: str, now: datetime) -> UUID:
    """Activate the password that came with this registration, and forget all others.

    Raise VerificationExpired when the token is unknown, used or too old.
    """
    row = await REDEEM.row(session, token_hash=tokens.digest(token), now=now)
    if row is None:
        raise VerificationExpired
    user_id: UUID = row[0]
    await CLEAR(session, user_id=user_id)
    return user_id


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most so many that nobody could use since then; return how many."""
    return await SWEEP(session, before=before, most=most)
