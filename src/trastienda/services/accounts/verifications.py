"""Registrations that wait for a proof that the address belongs to the person."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.errors import Invalid
from trastienda.services.shared import tokens

WAITS_FOR_MAIL = timedelta(days=7)
LIFETIME = timedelta(hours=24)  # the validity of a link, from when its mail is written
PURPOSE = "registration"

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

WAITING = prepared("""
    SELECT attempt.id, users.email, attempt.name
    FROM verifications AS attempt JOIN users ON users.id = attempt.user_id
    WHERE attempt.token_hash = %(token_hash)s AND attempt.expires_at > %(now)s
      AND users.verified_at IS NULL
""")

# `verified_at IS NULL` is checked on the locked row: if two links are followed at once, one wins.
REDEEM = prepared("""
    UPDATE users SET verified_at = %(now)s,
        password_hash = coalesce(%(password_hash)s, attempt.password_hash),
        name = attempt.name, version = users.version + 1
    FROM verifications AS attempt
    WHERE attempt.token_hash = %(token_hash)s AND attempt.expires_at > %(now)s
      AND users.id = attempt.user_id AND users.verified_at IS NULL
    RETURNING users.id
""")

CLEAR = prepared("DELETE FROM verifications WHERE user_id = %(user_id)s")

SWEEP = prepared("""
    DELETE FROM verifications WHERE id = ANY (ARRAY(
        SELECT id FROM verifications WHERE expires_at < %(before)s
        LIMIT %(most)s FOR UPDATE SKIP LOCKED))
""")


class PendingRegistration(NamedTuple):
    """A registration that waits to be confirmed."""

    id: UUID
    email: str
    name: str


class VerificationExpired(Invalid):
    """The link is not valid, was used already, or is too old; register again for a new one."""


async def add(
    session: Session, user_id: UUID, password_hash: str, name: str, now: datetime
) -> UUID:
    """Store a registration until its mail is answered.

    It is stored even if the account exists, to no effect, so that both take the same time.
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
    """Create the token of a registration's mail, valid for a day; return None if it is verified.

    A second call, for example when the mail is sent again, invalidates the first token.
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


async def pending(session: Reading, token: str, now: datetime) -> PendingRegistration:
    """Return the registration of a token. Raise VerificationExpired as `redeem` does."""
    row = await WAITING.row(session, token_hash=tokens.digest(token), now=now)
    if row is None:
        raise VerificationExpired
    return PendingRegistration(*row)


def proof(verification_id: UUID) -> str:
    """Return the proof with which the registering browser identifies itself when it confirms."""
    return tokens.sign(PURPOSE, str(verification_id))


def is_proof(given: str | None, verification_id: UUID) -> bool:
    """Say whether a browser's proof is that of a registration."""
    return given is not None and tokens.verify(PURPOSE, str(verification_id), given)


async def redeem(session: Session, token: str, password_hash: str | None, now: datetime) -> UUID:
    """Activate this password, or else the registration's; delete all registrations of its user.

    Raise VerificationExpired if the token is unknown, used or too old.
    """
    values = {"token_hash": tokens.digest(token), "password_hash": password_hash}
    row = await REDEEM.row(session, **values, now=now)
    if row is None:
        raise VerificationExpired
    user_id: UUID = row[0]
    await CLEAR(session, user_id=user_id)
    return user_id


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most `most` registrations that expired before then; return how many."""
    return await SWEEP(session, before=before, most=most)
