import unicodedata
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.accounts.user import Role
from trastienda.errors import Conflict, NotFound
from trastienda.services.shared import email_addresses as mailboxes

# The update changes nothing: the statement does the same work for a new address and a known one,
# and leaves the row locked, so that the events of one address are ordered.
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


STAFF = prepared("""
    SELECT id, email, name, role, NULL FROM users WHERE role IS NOT NULL ORDER BY role, email
""")
# By id or address. All owners are locked in the same order, so that two who leave at once cannot
# both succeed.
CLAIM_STAFF = prepared(f"""
    SELECT id, email, name, role, NULL FROM users
    WHERE role = '{Role.OWNER}' OR (role IS NOT NULL AND (id::text = %(whom)s OR email = %(whom)s))
    ORDER BY id FOR NO KEY UPDATE
""")
DISMISS = prepared("""
    UPDATE users SET role = NULL, version = version + 1 WHERE id = %(id)s
""")


class Account(NamedTuple):
    """The facts for logging in; `password_hash` is empty before verification."""

    id: UUID
    email: str
    name: str
    role: str | None
    password_hash: str | None


class StaffNotFound(NotFound):
    """There is no such member of staff."""


class LastOwner(Conflict):
    """The last owner stays: make somebody else an owner first."""


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


async def rehash(session: Session, email: str, stored: str, renewed: str) -> None:
    """Replace the hash of a password by another one of the same password."""
    await REHASH(session, email=email, stored=stored, renewed=renewed)


async def appoint(
    session: Session, account: tuple[str, str, str], role: Role, now: datetime
) -> UUID:
    """Give a person a role; `account` is the address, name and password hash.

    A customer with this address keeps their name and orders, and gets the role and the new
    password.
    """
    email, name, password_hash = account
    mailboxes.parse(email)
    values = {"email": email, "name": name, "password_hash": password_hash, "role": role.value}
    row = await APPOINT.row(session, id=uuid7(), now=now, **values)
    assert row is not None  # noqa: S101 - an upsert always returns its row
    user_id: UUID = row[0]
    return user_id


async def staff(session: Reading) -> list[Account]:
    """List all members of staff."""
    return [Account(*row) for row in await STAFF.rows(session)]


async def claim_staff(session: Session, whom: str) -> Account:
    """Find a member of staff by id or address; lock them and all owners. Raise StaffNotFound."""
    found, _ = await _claim_staff(session, whom)
    if found is None:
        raise StaffNotFound(staff=whom)
    return found


async def _claim_staff(session: Session, whom: str) -> tuple[Account | None, bool]:
    """Find a member of staff; return also whether they are the only owner."""
    key = normalised(whom)
    accounts = [Account(*row) for row in await CLAIM_STAFF.rows(session, whom=key)]
    found = next((it for it in accounts if key in {str(it.id), it.email}), None)
    owners = [it.id for it in accounts if it.role == Role.OWNER]
    return found, found is not None and owners == [found.id]


async def check_last_owner(session: Session, whom: str) -> None:
    """Raise LastOwner if this member of staff is the only owner."""
    found, last = await _claim_staff(session, whom)
    if found and last:
        raise LastOwner(staff=found.email)


async def dismiss(session: Session, user_id: UUID) -> None:
    """Remove a member of staff's role; they stay a customer."""
    await DISMISS(session, id=user_id)


async def address_of(session: Reading, user_id: UUID) -> str | None:
    """Return a user's address, or None."""
    row = await _ADDRESS.row(session, id=user_id)
    return row[0] if row else None


async def verified(session: Reading, user_id: UUID) -> bool:
    """Say whether a user's address is verified."""
    return await _VERIFIED.row(session, id=user_id) is not None
