"""New passwords by mail: requests, the tokens in their mails, and how a token is used.

A request touches no account, so that it takes as long whether or not there is one. A worker looks
at it a moment later.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Invalid
from trastienda.services.shared import tokens

WAITS_FOR_MAIL = timedelta(days=1)
LIFETIME = timedelta(minutes=15)  # the validity of a link, from when its mail is written
BATCH = 100
"""Requests that are looked at together."""

_REQUEST = prepared("""
    INSERT INTO password_resets (id, email_key, locale, requested_at, expires_at)
    VALUES (%(id)s, %(email)s, %(locale)s, %(now)s, %(expires_at)s)
""")

# One of an address without an account that can log in is forgotten.
_TAKE = prepared(f"""
    WITH waiting AS MATERIALIZED (
        SELECT id, email_key FROM password_resets WHERE user_id IS NULL
        ORDER BY id LIMIT {BATCH} FOR UPDATE SKIP LOCKED
    ), of_accounts AS MATERIALIZED (
        SELECT waiting.id, users.id AS user_id
        FROM waiting JOIN users ON users.email = waiting.email_key
        WHERE users.verified_at IS NOT NULL AND users.suspended_at IS NULL
        ORDER BY users.id FOR NO KEY UPDATE OF users
    ), kept AS (
        UPDATE password_resets SET user_id = of_accounts.user_id FROM of_accounts
        WHERE password_resets.id = of_accounts.id
        RETURNING password_resets.id, password_resets.user_id, password_resets.locale
    ), forgotten AS (
        DELETE FROM password_resets USING waiting
        WHERE password_resets.id = waiting.id AND waiting.id NOT IN (SELECT id FROM of_accounts)
    )
    SELECT waiting.id, kept.user_id, waiting.email_key, kept.locale
    FROM waiting LEFT JOIN kept ON kept.id = waiting.id ORDER BY waiting.id
""")

_ISSUE = prepared("""
    UPDATE password_resets SET token_hash = %(token_hash)s, expires_at = %(expires_at)s
    WHERE id = %(id)s AND user_id IS NOT NULL AND expires_at > %(now)s
""")

_PENDING = prepared("""
    SELECT users.email, users.name
    FROM password_resets AS reset JOIN users ON users.id = reset.user_id
    WHERE reset.token_hash = %(token_hash)s AND reset.expires_at > %(now)s
        AND users.suspended_at IS NULL
""")

# If a token is used twice at once, one of them deletes it.
_REDEEM = prepared("""
    WITH used AS (
        DELETE FROM password_resets WHERE token_hash = %(token_hash)s AND expires_at > %(now)s
        RETURNING user_id
    )
    UPDATE users SET password_hash = %(password_hash)s, version = users.version + 1
    FROM used WHERE users.id = used.user_id AND users.suspended_at IS NULL
    RETURNING users.id, users.email
""")

_CLEAR = prepared("DELETE FROM password_resets WHERE user_id = %(user_id)s")

_SWEEP = prepared("""
    DELETE FROM password_resets WHERE id = ANY (ARRAY(
        SELECT id FROM password_resets WHERE expires_at < %(before)s
        LIMIT %(most)s FOR UPDATE SKIP LOCKED))
""")


class RequestedReset(NamedTuple):
    """A request for a new password, of an account that can log in."""

    id: UUID
    user_id: UUID
    email: str
    locale: Locale


class PendingReset(NamedTuple):
    """The account that a token is for."""

    email: str
    name: str


class PasswordResetExpired(Invalid):
    """The link is not valid, was used already, or is too old; ask for a new one."""


async def request(session: Session, email: str, locale: Locale, now: datetime) -> None:
    """Record a request for the account of a normalised address, which may not exist."""
    await _REQUEST(
        session,
        id=uuid7(),
        email=email,
        locale=locale.value,
        now=now,
        expires_at=now + WAITS_FOR_MAIL,
    )


async def take(session: Session) -> tuple[int, Sequence[RequestedReset]]:
    """Look at a batch of requests; return how many, and those of accounts that can log in.

    These accounts are locked.
    """
    rows = await _TAKE.rows(session)
    found = [
        RequestedReset(id_, user_id, email, Locale(locale))
        for id_, user_id, email, locale in rows
        if user_id is not None
    ]
    return len(rows), found


async def issue(session: Session, reset_id: UUID, now: datetime) -> str | None:
    """Create the token of a request's mail, valid for `LIFETIME`; return None if it has ended.

    A second call, for example when the mail is sent again, invalidates the first token.
    """
    token = tokens.fresh()
    issued = await _ISSUE(
        session,
        id=reset_id,
        token_hash=tokens.digest(token),
        now=now,
        expires_at=now + LIFETIME,
    )
    return token if issued else None


async def pending(session: Reading, token: str, now: datetime) -> PendingReset:
    """Return the account of a token. Raise PasswordResetExpired as `redeem` does."""
    row = await _PENDING.row(session, token_hash=tokens.digest(token), now=now)
    if row is None:
        raise PasswordResetExpired
    return PendingReset(*row)


async def redeem(
    session: Session, token: str, password_hash: str, now: datetime
) -> tuple[UUID, str]:
    """Set the password of a token's account; return the account's id and address.

    All its other requests are deleted. Raise PasswordResetExpired if the token is unknown, used or
    too old, or the account was suspended.
    """
    values = {"token_hash": tokens.digest(token), "password_hash": password_hash}
    row = await _REDEEM.row(session, **values, now=now)
    if row is None:
        raise PasswordResetExpired
    user_id: UUID = row[0]
    await clear(session, user_id)
    return user_id, row[1]


async def clear(session: Session, user_id: UUID) -> None:
    """Delete all requests of an account: none of their links works any more."""
    await _CLEAR(session, user_id=user_id)


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most `most` requests that expired before then; return how many."""
    return await _SWEEP(session, before=before, most=most)
