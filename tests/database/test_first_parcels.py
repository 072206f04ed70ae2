"""What had been sent before orders had parcels."""

from uuid import UUID, uuid4

import psycopg
import pytest
from support.orders.old_orders import AN_OLD_ORDER

from trastienda.database import migrations
from trastienda.postgres.embedded import Embedded

A_LINE = """
INSERT INTO order_lines (id, order_id, position, sku, name, slug, options, quantity, unit_price,
    subtotal, discount, tax, tax_rate, total, fulfilled_quantity)
VALUES (gen_random_uuid(), %s, %s, 'MUG', 'Mug', 'mug', '{}', 3, 0, 0, 0, 0, 0, 0, %s)
"""
SENT = """
INSERT INTO events (id, aggregate, aggregate_id, sequence, type, schema_version, data, actor,
    created_at)
VALUES (gen_random_uuid(), 'order', %s, %s, 'order.fulfilled', 1, '{}', 'staff', %s)
"""


def an_order(connection: psycopg.Connection, status: str, *sent: int) -> UUID:
    order_id = uuid4()
    connection.execute(AN_OLD_ORDER, {"id": order_id, "status": status})
    for position, quantity in enumerate(sent):
        connection.execute(A_LINE, [order_id, position, quantity])
    return order_id


def test_what_was_sent_before_is_one_parcel_per_order(server: Embedded) -> None:
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE parcels OWNER trastienda")
    url = server.url.replace("/trastienda?", "/parcels?")
    migrations.upgrade(url, "0017")
    with psycopg.connect(url) as connection:
        an_order(connection, "unfulfilled", 0)
        silent = an_order(connection, "fulfilled", 3)
        told = an_order(connection, "partially_fulfilled", 2, 0, 1)
        connection.execute(SENT, [told, 1, "2026-01-02Z"])
        connection.execute(SENT, [told, 2, "2026-01-03Z"])
    migrations.upgrade(url)

    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT order_id, number, status, sent_at::date::text, (SELECT json_agg(quantity"
            " ORDER BY quantity) FROM fulfilment_lines WHERE fulfilment_id = fulfilments.id)"
            " FROM fulfilments"
        ).fetchall()
        with pytest.raises(psycopg.errors.CheckViolation, match="ready_quantity"):
            connection.execute("UPDATE order_lines SET ready_quantity = 2")
    assert sorted(rows) == sorted(
        [(silent, 1, "shipped", "2026-01-01", [3]), (told, 1, "shipped", "2026-01-03", [1, 2])]
    )
