"""Customers' store credit on record: one account for each customer and currency."""

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Prepared, Reading, Session, prepared
from trastienda.database.models.credit.account import (
    CreditKind,
    StoreCreditChanged,
    StoreCreditNotFound,
)
from trastienda.database.models.ledger.ledger import Account
from trastienda.schemas.credit.store_credit import (
    MyStoreCredit,
    StoreCreditDetail,
    StoreCreditPage,
    StoreCreditTold,
    StoreCreditView,
)
from trastienda.services.accounts.users import normalised
from trastienda.services.credit import balances
from trastienda.services.shared import cursors
from trastienda.services.shared.records import expect_version, selected

OWED = Account.STORE_CREDIT
_TOLD_SQL = """
    account.id, account.version, account.customer_id, users.email, account.currency,
    account.balance, account.created_at
"""
_FROM_SQL = f"""
    FROM credit_accounts AS account LEFT JOIN users ON users.id = account.customer_id
    WHERE account.kind = '{CreditKind.STORE_CREDIT}'
"""
_TOLD = prepared(f"SELECT {_TOLD_SQL} {_FROM_SQL} AND account.id = %(account)s")
_VIEW = prepared(f"SELECT {_TOLD_SQL}, account.held {_FROM_SQL} AND account.id = %(account)s")
_CLAIM = prepared(f"""
    SELECT version FROM credit_accounts
    WHERE kind = '{CreditKind.STORE_CREDIT}' AND id = %(account)s FOR NO KEY UPDATE
""")
# The update changes nothing: it locks the row that is there.
_OPEN = prepared(f"""
    INSERT INTO credit_accounts
        (id, kind, currency, created_at, customer_id, balance, held, version)
    VALUES (%(id)s, '{CreditKind.STORE_CREDIT}', %(currency)s, %(now)s, %(customer)s, 0, 0, 1)
    ON CONFLICT (customer_id, currency) WHERE customer_id IS NOT NULL
        DO UPDATE SET version = credit_accounts.version
    RETURNING id
""")
_MINE = prepared(f"""
    SELECT currency, balance - held FROM credit_accounts
    WHERE kind = '{CreditKind.STORE_CREDIT}' AND customer_id = %(customer)s AND balance > 0
    ORDER BY currency
""")


async def open_(session: Session, customer_id: UUID, currency: str, now: datetime) -> UUID:
    """Lock a customer's store credit in a currency, after opening it the first time."""
    names = {"customer": customer_id, "currency": currency, "now": now}
    row = await _OPEN.row(session, id=uuid7(), **names)
    if row is None:
        raise StoreCreditNotFound
    account_id: UUID = row[0]
    return account_id


async def claim(session: Session, account_id: UUID, seen: int | None) -> None:
    """Lock store credit for a change. Raise StoreCreditNotFound or StoreCreditChanged."""
    row = await _CLAIM.row(session, account=account_id)
    if row is None:
        raise StoreCreditNotFound
    expect_version(row[0], seen, StoreCreditChanged)


async def told(session: Reading, account_id: UUID) -> StoreCreditTold:
    """Return store credit as events tell of it. Raise StoreCreditNotFound."""
    if row := await _TOLD.row(session, account=account_id):
        return selected(row, StoreCreditTold)
    raise StoreCreditNotFound


async def view(session: Reading, account_id: UUID) -> StoreCreditView:
    """Return the store credit of a customer. Raise StoreCreditNotFound."""
    if row := await _VIEW.row(session, account=account_id):
        return selected(row, StoreCreditView)
    raise StoreCreditNotFound


async def detail(session: Reading, account_id: UUID) -> StoreCreditDetail:
    """Return store credit with what has moved its balance. Raise StoreCreditNotFound."""
    account = await view(session, account_id)
    fields: dict[str, Any] = {name: getattr(account, name) for name in account.__struct_fields__}
    return StoreCreditDetail(**fields, movements=await balances.movements(session, account_id))


async def of_customer(session: Reading, customer_id: UUID) -> list[MyStoreCredit]:
    """Return what a customer can spend, by currency."""
    rows = await _MINE.rows(session, customer=customer_id)
    return [MyStoreCredit(currency=currency, available=available) for currency, available in rows]


async def page(
    session: Reading, email: str | None, limit: int, cursor: str | None
) -> StoreCreditPage:
    """List store credit, the newest first; that of one address if it is named.

    Raise CursorUnusable for another list's cursor.
    """
    named = {} if email is None else {"email": normalised(email)}
    shape = ["store-credit", *named.values()]
    _, last = cursors.read(cursor, shape, str) if cursor else (None, None)
    statement = _page(by_email=bool(named), after=last is not None)
    names: dict[str, object] = {**named, **({"last": last} if last else {})}
    rows = await statement.rows(session, **names, limit=limit)
    items = [selected(row, StoreCreditView) for row in rows[:limit]]
    more = cursors.after(shape, "", items[-1].id) if len(rows) > limit else None
    return StoreCreditPage(items, more)


@cache
def _page(*, by_email: bool, after: bool) -> Prepared:
    where = _FROM_SQL + (" AND users.email = %(email)s" if by_email else "")
    where += " AND account.id < %(last)s" if after else ""
    return Prepared(
        f"SELECT {_TOLD_SQL}, account.held {where} ORDER BY account.id DESC LIMIT %(limit)s + 1"
    )
