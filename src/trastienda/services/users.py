import unicodedata
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.user import Role
from trastienda.errors import Invalid

LONGEST_ADDRESS = 254  # RFC 3696, erratum 1690

# The update changes nothing: it makes the statement the same work for a new address and a taken
# one, and leaves the row locked, so that the events of one address come one after the other.
CLAIM_ADDRESS = prepared("""
    INSERT INTO users (id, email, name, created_at, version)
    VALUES (%(id)s, %(email)s, %(name)s, %(now)s, 1)
    ON CONFLICT ON CONSTRAINT uq_users_email DO UPDATE SET email = excluded.email
    RETURNING id
""")

ACCOUNT = "SELECT id, email, name, role, password_hash FROM users WHERE email = %(email)s"
BY_EMAIL = prepared(ACCOUNT)
_VERIFIED = prepared("SELECT FROM users WHERE id = %(id)s AND verified_at IS NOT NULL")
_ADDRESS = prepared("SELECT email FROM users WHERE id = %(id)s")
CLAIM = prepared(f"{ACCOUNT} FOR NO KEY UPDATE")

REHASH = prepared("""
    UPDATE users SET password_hash = %(renewed)s
    WHERE email = %(email)s AND password_hash = %(stored)s
""")

APPOINT = prepared("""
    INSERT INTO users (id, email, name, role, password_hash, verified_at, created_at, version)
    VALUES (%(id)s, %(email)s, %(name)s, %(role)s, %(password_hash)s, %(now)s, %(now)s, 1)
    ON CONFLICT ON CONSTRAINT uq_users_email DO UPDATE SET
        role = excluded.role,
        password_hash = excluded.password_hash,
        verified_at = coalesce(users.verified_at, excluded.verified_at),
        version = users.version + 1
    RETURNING id
""")


class Account(NamedTuple):
    """What logging in needs to know; `password_hash` is empty before verification."""

    id: UUID
    email: str
    name: str
    role: str | None
    password_hash: str | None


class AddressUnusable(Invalid):
    """The e-mail address cannot be used."""


def normalised(email: str) -> str:
    """Write an address the one way that we store and compare it.

    Lower case throughout: RFC 5321 lets a host tell `Ana@` from `ana@`, no mail provider does, and
    two accounts for one mailbox would be a trap. The domain stays in Unicode (NFC): the codec
    for IDNA 2003 would turn `straße.example` into another domain.
    """
    return unicodedata.normalize("NFC", email.strip().lower())


async def claim_address(
    session: Session, email: str, name: str, now: datetime
) -> tuple[UUID, bool]:
    """Find or make the user of an address; say whether it is new. The user stays locked.

    Raise AddressUnusable when it grew too long by being normalised.
    """
    _check(email)
    mine = uuid7()
    row = await CLAIM_ADDRESS.row(session, id=mine, email=email, name=name, now=now)
    assert row is not None  # noqa: S101 - an upsert always returns its row
    return row[0], row[0] == mine


async def by_email(session: Reading, email: str) -> Account | None:
    row = await BY_EMAIL.row(session, email=email)
    return Account(*row) if row else None


async def claim(session: Session, email: str) -> Account | None:
    """Read an account and keep it from changing until this transaction ends."""
    row = await CLAIM.row(session, email=email)
    return Account(*row) if row else None


async def rehash(session: Session, email: str, stored: str, renewed: str) -> None:
    """Exchange the hash of a password for another of the same password."""
    await REHASH(session, email=email, stored=stored, renewed=renewed)


async def appoint(
    session: Session, account: tuple[str, str, str], role: Role, now: datetime
) -> UUID:
    """Make somebody a member of staff; `account` is address, name and password hash.

    A customer with this address keeps name and orders, and gets the role and the new password.
    """
    email, name, password_hash = account
    _check(email)
    values = {"email": email, "name": name, "password_hash": password_hash, "role": role.value}
    row = await APPOINT.row(session, id=uuid7(), now=now, **values)
    assert row is not None  # noqa: S101 - an upsert always returns its row
    user_id: UUID = row[0]
    return user_id


def _check(email: str) -> None:
    if len(email) > LONGEST_ADDRESS or not all(email.partition("@")):
        raise AddressUnusable


async def address_of(session: Reading, user_id: UUID) -> str | None:
    row = await _ADDRESS.row(session, id=user_id)
    return row[0] if row else None


async def verified(session: Reading, user_id: UUID) -> bool:
    return await _VERIFIED.row(session, id=user_id) is not None
