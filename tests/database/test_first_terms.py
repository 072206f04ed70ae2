"""What staff find orders by, of orders from before there were such terms."""

from uuid import UUID, uuid4

import psycopg
from support.orders.old_orders import AN_OLD_ORDER

from trastienda.database import migrations
from trastienda.postgres.embedded import Embedded

NAMED = """
    UPDATE orders SET shipping_address = '{"name": "Ana Luz Gil"}',
        billing_address = '{"name": "Ana"}', tags = '{gift}' WHERE id = %s
"""


def terms(connection: psycopg.Connection, order_id: UUID) -> set[str]:
    rows = connection.execute("SELECT term FROM order_search WHERE order_id = %s", [order_id])
    return {term for (term,) in rows}


def test_old_orders_get_the_terms_of_three_words_and_of_their_states(server: Embedded) -> None:
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE terms OWNER trastienda")
    url = server.url.replace("/trastienda?", "/terms?")
    migrations.upgrade(url, "0041")
    order_id, plain = uuid4(), uuid4()
    with psycopg.connect(url) as connection:
        for each in (order_id, plain):
            connection.execute(AN_OLD_ORDER, {"id": each, "status": "unfulfilled"})
        connection.execute(NAMED, [order_id])
        before = terms(connection, order_id)
    migrations.upgrade(url)

    with psycopg.connect(url) as connection:
        added = {"name:ana gil luz", "open/pending/unfulfilled:gift"}
        assert before == {
            *("name:ana", "name:gil", "name:luz", "name:ana gil", "name:ana luz", "name:gil luz"),
            "tag:gift",
        }
        assert terms(connection, order_id) == before | added
        assert terms(connection, plain) == set()
        renamed = (
            """UPDATE orders SET shipping_address = '{"name": "Ana"}', tags = '{}' WHERE id = %s"""
        )
        connection.execute(renamed, [order_id])
        assert terms(connection, order_id) == {"name:ana"}
        connection.execute("DELETE FROM orders WHERE id = %s", [order_id])
        assert terms(connection, order_id) == set()
