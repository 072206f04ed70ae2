import unicodedata
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.accounts.user import SCOPES_OF, Role, Scopes
from trastienda.services.shared import email_addresses as mailboxes

# The update changes nothing: the statement does the same work for a new address and a known one,
# and leaves the row locked, so that the events of one address are ordered.
CLAIM_ADDRESS = prepared("""
    INSERT INTO users (id, email, name, created_at, version)
    VALUES (%(id)s, %(email)s, %(name)s, %(now)s, 1)
    ON CONFLICT ON CONSTRAINT uq_users_email DO UPDATE SET email = excluded.email
    RETURNING id
""")

ACCOUNT = """
    SELECT id, email, name, role, password_hash, suspended_at FROM users WHERE email = %(email)s
"""
BY_EMAIL = prepared(ACCOUNT)
_VERIFIED = prepared("SELECT FROM users WHERE id = %(id)s AND verified_at IS NOT NULL")
_ROLE = prepared("SELECT role FROM users WHERE id = %(id)s AND suspended_at IS NULL")
_ADDRESS = prepared("SELECT email FROM users WHERE id = %(id)s")
CLAIM = prepared(f"{ACCOUNT} FOR NO KEY UPDATE")

_LOCK = prepared("SELECT FROM users WHERE id = %(id)s FOR NO KEY UPDATE")

REHASH = prepared("""
    UPDATE users SET password_hash = %(renewed)s
    WHERE email = %(email)s AND password_hash = %(stored)s
""")

SET_PASSWORD = prepared("""
    UPDATE users SET password_hash = %(renewed)s, version = version + 1 WHERE id = %(id)s
""")

APPOINT = prepared("""
    INSERT INTO users (id, email, name, role, password_hash, verified_at, created_at, version)
    VALUES (%(id)s, %(email)s, %(name)s, %(role)s, %(password_hash)s, %(now)s, %(now)s, 1)
    ON CONFLICT ON CONSTRAINT uq_users_email DO UPDATE SET
        role = excluded.role,
        password_hash = excluded.password_hash,
        verified_at = coalesce(users.verified_at, excluded.verified_at),
        suspended_at = NULL,
        version = users.version + 1
    RETURNING id
""")


class Account(NamedTuple):
    """The facts for logging in; `password_hash` is empty before verification."""

    id: UUID
    email: str
    name: str
    role: str | None
    password_hash: str | None
    suspended_at: datetime | None = None
    """Since when a member of staff cannot log in."""


def normalised(email: str) -> str:
    """Return an address in the one form in which it is stored and compared.

    Lower case throughout: RFC 5321 lets a host distinguish `Ana@` from `ana@`, but no mail provider
    does, and two accounts for one mailbox would be a trap. The domain stays in Unicode (NFC): the
    codec for IDNA 2003 would turn `straße.example` into another domain.
    """
    return unicodedata.normalize("NFC", email.strip().lower())


async def claim_address(
    session: Session, email: str, name: str, now: datetime
) -> tuple[UUID, bool]:
    """Find or create the user of an address and lock them; say whether they are new.

    Raise AddressUnusable, also if the normalised address is too long.
    """
    mailboxes.parse(email)
    mine = uuid7()
    row = await CLAIM_ADDRESS.row(session, id=mine, email=email, name=name, now=now)
    assert row is not None  # noqa: S101 - an upsert always returns its row
    return row[0], row[0] == mine


async def by_email(session: Reading, email: str) -> Account | None:
    """Return the account of an address, or None."""
    row = await BY_EMAIL.row(session, email=email)
    return Account(*row) if row else None


async def claim(session: Session, email: str) -> Account | None:
    """Return the account of an address, locked until the transaction ends, or None."""
    row = await CLAIM.row(session, email=email)
    return Account(*row) if row else None


async def lock(session: Session, user_id: UUID) -> None:
    """Lock an account until the transaction ends, so that others wait who change what it has."""
    await _LOCK(session, id=user_id)


async def rehash(session: Session, email: str, stored: str, renewed: str) -> None:
    """Replace the hash of a password by another one of the same password."""
    await REHASH(session, email=email, stored=stored, renewed=renewed)


async def set_password(session: Session, user_id: UUID, password_hash: str) -> None:
    """Give an account, which the caller has locked, another password."""
    await SET_PASSWORD(session, id=user_id, renewed=password_hash)


async def appoint(
    session: Session, account: tuple[str, str, str], role: Role, now: datetime
) -> UUID:
    """Give a person a role; `account` is the address, name and password hash.

    A customer with this address keeps their name and orders, and gets the role and the new
    password. Somebody who was suspended is not any more.
    """
    email, name, password_hash = account
    mailboxes.parse(email)
    values = {"email": email, "name": name, "password_hash": password_hash, "role": role.value}
    row = await APPOINT.row(session, id=uuid7(), now=now, **values)
    assert row is not None  # noqa: S101 - an upsert always returns its row
    user_id: UUID = row[0]
    return user_id


async def scopes(session: Reading, user_id: UUID) -> Scopes:
    """Return what a user may do; nothing if they are suspended, or no member of staff."""
    row = await _ROLE.row(session, id=user_id)
    return SCOPES_OF[Role(row[0])] if row and row[0] else frozenset()


async def address_of(session: Reading, user_id: UUID) -> str | None:
    """Return a user's address, or None."""
    row = await _ADDRESS.row(session, id=user_id)
    return row[0] if row else None


async def verified(session: Reading, user_id: UUID) -> bool:
    """Say whether a user's address is verified."""
    return await _VERIFIED.row(session, id=user_id) is not None
