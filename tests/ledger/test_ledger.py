"""The ledger: what is booked, what the database refuses, and how it is held against the rest."""

from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg
import pytest
from httpx import AsyncClient
from support.background import ask, change
from support.products import an_order
from support.refunds import expect_balanced_books, granted, send_all

from trastienda.application import Application
from trastienda.controllers.orders import catch_up_books
from trastienda.database.db import reading, transaction, utcnow
from trastienda.database.models.ledger.ledger import Account, TransactionKind
from trastienda.schemas.ledger.booking import Booking, Entry
from trastienda.schemas.shared.context import Context
from trastienda.services.ledger import ledger, verification

pytestmark = pytest.mark.usefixtures("shop")  # its database is the one in use
CASH, OWED = Account.CASH, Account.RECEIVABLE


def a_booking(*entries: Entry) -> Booking:
    return Booking(TransactionKind.CAPTURE, f"test:{uuid4()}", list(entries))


async def written(*bookings: Booking) -> None:
    async with transaction() as session:
        await ledger.write(session, bookings, None, "EUR", utcnow())


async def entries(order: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [
        (kind, account, amount)
        for kind, account, amount in await ask(
            "SELECT kind, account, sum(amount)::int FROM ledger_transactions AS header"
            " JOIN ledger_entries AS entry ON entry.transaction_id = header.id"
            " WHERE order_id = %s GROUP BY header.id, kind, account"
            " ORDER BY header.id, account",
            order["id"],
        )
    ]


async def test_a_sale_its_payment_and_its_refund_are_booked(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer, "test")
    await granted(staff, order, lines=[{"line": order["lines"][0]["id"], "quantity": 2}])
    await send_all(shop)

    assert await entries(order) == [
        ("sale", "receivable", 2_990),
        ("sale", "revenue", -2_066),
        ("sale", "shipping", -405),
        ("sale", "tax", -519),
        ("capture", "cash", 2_990),
        ("capture", "receivable", -2_990),
        ("refund", "refunds", 2_066),
        ("refund", "refunds_payable", -2_500),
        ("refund", "tax", 434),
        ("refund_paid", "cash", -2_500),
        ("refund_paid", "refunds_payable", 2_500),
    ]
    await expect_balanced_books()


async def test_an_order_that_is_cancelled_unpaid_leaves_nothing(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    await staff.post(f"/v1/admin/orders/{order['id']}/cancel")

    sums: dict[str, int] = {}
    for _, account, amount in await entries(order):
        sums[account] = sums.get(account, 0) + amount
    assert set(sums.values()) == {0}
    await expect_balanced_books()


@pytest.mark.parametrize(
    "booking",
    [
        a_booking(Entry(CASH, 100, "test"), Entry(OWED, -99)),
        a_booking(Entry(CASH, 100, "test")),
    ],
    ids=["unbalanced", "one entry"],
)
async def test_the_database_refuses_entries_that_do_not_add_up(booking: Booking) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="do not add up to zero"):
        await written(booking)

    assert await ask("SELECT 1 FROM ledger_transactions WHERE key = %s", booking.key) == []


async def test_a_transaction_without_entries_is_refused() -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="do not add up to zero"):
        await change(
            "INSERT INTO ledger_transactions (id, kind, key, at) VALUES (%s, 'sale', %s, now())",
            uuid4(),
            f"test:{uuid4()}",
        )


async def test_entries_of_two_currencies_do_not_make_up_for_each_other() -> None:
    id_ = uuid4()
    with pytest.raises(psycopg.errors.CheckViolation, match="do not add up to zero"):
        await change(
            "WITH header AS (INSERT INTO ledger_transactions (id, kind, key, at)"
            " VALUES (%s, 'sale', %s, now()))"
            " INSERT INTO ledger_entries (transaction_id, account, amount, currency)"
            " VALUES (%s, 'cash', 1, 'EUR'), (%s, 'cash', -1, 'USD')",
            id_,
            f"test:{id_}",
            id_,
            id_,
        )


async def test_entries_need_a_transaction_that_is_being_written() -> None:
    with pytest.raises(psycopg.errors.RestrictViolation, match="while it is being written"):
        await change(
            "INSERT INTO ledger_entries (transaction_id, account, amount, currency)"
            " VALUES (%s, 'cash', 1, 'EUR')",
            uuid4(),
        )


async def test_the_same_is_booked_once() -> None:
    booking = a_booking(Entry(CASH, 100, "late"), Entry(OWED, -100))
    reverse = a_booking(Entry(CASH, -100, "late"), Entry(OWED, 100))
    await written(booking, reverse)

    with pytest.raises(psycopg.errors.UniqueViolation):
        await written(booking)


LATE: LiteralString = """
    INSERT INTO ledger_entries (transaction_id, account, amount, currency)
    SELECT header.id, late.account, late.amount, 'EUR'
    FROM (SELECT id FROM ledger_transactions ORDER BY id LIMIT 1) AS header,
        (VALUES ('cash', 5), ('receivable', -5)) AS late (account, amount)
"""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entries SET amount = amount + 1",
        "DELETE FROM ledger_entries",
        "UPDATE ledger_transactions SET key = 'x'",
        "DELETE FROM ledger_transactions",
        "TRUNCATE ledger_entries",
        LATE,
    ],
)
async def test_what_is_written_is_never_changed(
    staff: AsyncClient, buyer: AsyncClient, statement: LiteralString
) -> None:
    await an_order(staff, buyer)

    with pytest.raises(psycopg.errors.RestrictViolation):
        await change(statement)


async def test_orders_from_before_the_ledger_are_brought_into_it(
    staff: AsyncClient, buyer: AsyncClient, empty_shop: Application
) -> None:
    """As a node of the version before writes them: paid, and nothing booked."""
    del empty_shop
    unpaid, paid, cancelled = [UUID(int=it) for it in range(1, 4)]
    for order_id, status, payment in (
        (unpaid, "open", "pending"),
        (paid, "open", "paid"),
        (cancelled, "cancelled", "cancelled"),
    ):
        await change(OLD_ORDER, order_id, str(order_id), status, payment, uuid4(), order_id)

    booked = await catch_up_books(Context(utcnow()))
    again = await catch_up_books(Context(utcnow()))

    assert (booked, again) == (3, 0)
    assert await ask("SELECT captured FROM orders ORDER BY id") == [(0,), (121,), (0,)]
    assert await ask("SELECT order_id, provider, captured FROM payment_attempts") == [
        (paid, "manual", 121)
    ]
    await expect_balanced_books()


OLD_ORDER: LiteralString = """
    WITH placed AS (
        INSERT INTO orders (id, number, cart_id, channel_id, currency, locale, email, email_key,
            shipping_address, billing_address, shipping_option, payment_provider, subtotal,
            discount, shipping, tax, tax_included, tax_added, total, shipping_tax_added, coupons,
            placed_at, status, payment_status, fulfilment_status, version)
        SELECT %s, nextval('order_numbers'), %s, channels.id, 'EUR', 'en', 'a@example.com',
            'a@example.com', address, address, option, 'manual', 100, 0, 21, 17, 17, 0, 121, 0,
            '{}',
            now(), %s, %s, 'unfulfilled', 1
        FROM channels, (SELECT '{"name": "Ana", "line1": "Calle 1", "city": "Madrid",
            "country": "ES"}'::jsonb, jsonb_build_object('id', channels.id, 'name', 'Post',
                'price', 21) FROM channels) AS facts (address, option)
    )
    INSERT INTO order_lines (id, order_id, position, sku, name, slug, options, quantity,
        unit_price, subtotal, discount, tax, tax_rate, total, fulfilled_quantity)
    VALUES (%s, %s, 0, 'MUG', 'Mug', 'mug', '{}', 1, 100, 100, 0, 17, 21, 100, 0)
"""


async def test_the_first_difference_is_named(
    staff: AsyncClient, buyer: AsyncClient, empty_shop: Application
) -> None:
    del empty_shop
    order_id = UUID(int=1)
    await change(OLD_ORDER, order_id, "cart", "open", "paid", uuid4(), order_id)
    await catch_up_books(Context(utcnow()))
    await change("UPDATE orders SET captured = captured - 1")

    async with reading() as session:
        verdict = await verification.verify(session)

    assert verdict.difference is not None
    assert verdict.difference.of.startswith("order ")
    assert (verdict.difference.account, verdict.difference.in_ledger) == ("cash", 121)
    assert verdict.difference.expected == 120
