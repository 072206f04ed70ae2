"""Migrations: they agree with the models, take turns, and wait for a database that is late."""

import threading
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import psycopg
import pytest
from procrastinate.schema import SchemaManager
from sqlalchemy import create_engine
from support.processes.nodes import PATIENCE, eventually, free_port, run
from support.processes.preloaded import FORKING

import trastienda.database.models  # noqa: F401 - it fills the metadata
from trastienda.database import migrations, revisions
from trastienda.database.base import Model
from trastienda.postgres.embedded import Embedded
from trastienda.services.accounts.users import normalised

pytestmark = pytest.mark.xdist_group("migrations")

COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, co.collname,
       pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
LEFT JOIN pg_collation co ON co.oid = a.attcollation
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
  AND NOT a.attisdropped
"""
CONSTRAINTS = """
SELECT c.relname, k.conname, k.contype, pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE k.connamespace = 'public'::regnamespace
"""
INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
CATALOGUE_OF_0010 = """
WITH product AS (
    INSERT INTO products (id, slug, published, version, attributes, created_at, updated_at)
    VALUES (gen_random_uuid(), 'mug', true, 1, '{}', now(), now()) RETURNING id
), above AS (
    INSERT INTO categories (id, slug, position, version)
    VALUES (gen_random_uuid(), 'tableware', 0, 1) RETURNING id
), named AS (
    INSERT INTO category_texts (category_id, locale, name, sort_key)
    SELECT id, 'en', 'Tableware', 'tableware' FROM above
), texts AS (
    INSERT INTO product_texts
        (product_id, locale, name, description, options, sort_key, search_text)
    SELECT id, locale, name, '', '[]', lower(name), lower(name) FROM product,
        (VALUES ('en', 'Mug'), ('es', 'Taza')) AS text (locale, name)
), sold AS (
    INSERT INTO variants (id, product_id, sku, position, options, tax_class)
    SELECT gen_random_uuid(), id, sku, place, to_json(sku), 'standard' FROM product,
        (VALUES ('MUG-BLUE', 0), ('MUG-RED', 1)) AS variant (sku, place) RETURNING id, sku
), called AS (
    INSERT INTO variant_texts (variant_id, locale, name, options)
    SELECT sold.id, locale, name, options::jsonb FROM sold JOIN (VALUES
        ('MUG-BLUE', 'en', 'Mug, Blue', '{"Colour": "Blue"}'),
        ('MUG-BLUE', 'es', 'Taza, Azul', '{"Color": "Azul"}'),
        ('MUG-RED', 'en', 'Ember', '{"Colour": "Red"}'),
        ('MUG-RED', 'es', 'Taza', '{}')) AS text (sku, locale, name, options) USING (sku)
)
INSERT INTO cards (locale, currency, product_id, listed_at, sort_key, price, in_stock,
    category_ids, search, document)
SELECT locale, 'EUR', product.id, now(), '', 1, true, ARRAY[above.id], '', '{}'
FROM product, above, (VALUES ('en'), ('es')) AS text (locale)
"""
NOT_OURS = ("procrastinate_", "alembic_")


def execute(server: Embedded, statement: str) -> None:
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute(statement.encode())


def a_database(server: Embedded, name: str) -> str:
    execute(server, f"CREATE DATABASE {name} OWNER trastienda")
    return server.url.replace("/trastienda?", f"/{name}?")


def described(url: str, question: str) -> set[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(question.encode()).fetchall()
    return {row for row in rows if not str(row[0]).startswith(NOT_OURS)}


@pytest.fixture(scope="module")
def migrated(server: Embedded) -> str:
    url = a_database(server, "migrated")
    migrations.upgrade(url)
    return url


@pytest.fixture(scope="module")
def created(server: Embedded) -> str:
    url = a_database(server, "created")
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(url))
    Model.metadata.create_all(engine)
    engine.dispose()
    return url


@pytest.mark.parametrize("question", [COLUMNS, CONSTRAINTS, INDEXES])
def test_migrations_and_models_agree(migrated: str, created: str, question: str) -> None:
    by_models = described(created, question)

    assert by_models
    assert described(migrated, question) == by_models


def test_nothing_is_missing_after_an_upgrade(server: Embedded, migrated: str) -> None:
    assert migrations.missing(a_database(server, "bare"))[0] == "0000"
    assert migrations.missing(migrated) == []


def test_the_queue_is_as_its_revision_took_it() -> None:
    """Else: freeze the old schema beside the revision, and add one that runs their scripts."""
    revision = import_module("trastienda.database.migrations.versions.0000_queue")

    assert sha256(SchemaManager.get_schema().encode()).hexdigest() == revision.SCHEMA


def test_addresses_that_are_there_get_the_spelling_by_which_they_are_compared(
    server: Embedded,
) -> None:
    url = a_database(server, "addresses")
    migrations.upgrade(url, "0008")
    typed = {"one": "Ada@Example.com", "two": "ÉVA@example.com", "three": "e\u0301va@example.com"}
    with psycopg.connect(url) as connection:
        for id_, email in typed.items():
            connection.execute(
                "INSERT INTO carts (id, channel_id, currency, created_at, updated_at, state,"
                " version, email) SELECT %s, id, 'EUR', now(), now(), 'open', 1, %s FROM channels",
                [id_, email],
            )
        connection.execute(
            "INSERT INTO carts (id, channel_id, currency, created_at, updated_at, state, version)"
            " SELECT 'none', id, 'EUR', now(), now(), 'open', 1 FROM channels"
        )
    migrations.upgrade(url)

    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT id, email_key FROM carts").fetchall()
        keys: dict[str, str | None] = dict(found)
    assert keys == {id_: normalised(email) for id_, email in typed.items()} | {"none": None}


def test_products_that_are_there_are_found_by_what_a_search_reads_since(
    server: Embedded,
) -> None:
    url = a_database(server, "searched")
    migrations.upgrade(url, "0010")
    with psycopg.connect(url) as connection:
        connection.execute(CATALOGUE_OF_0010)
    migrations.upgrade(url)

    with psycopg.connect(url) as connection:
        words = connection.execute(
            "SELECT search_name, search_terms FROM product_texts ORDER BY locale"
        ).fetchall()
        found = connection.execute(
            "SELECT locale FROM cards, unnest(ARRAY["
            " websearch_to_tsquery('english', 'blue mug'), $$'mug-blue'$$::tsquery,"
            " websearch_to_tsquery('english', 'tableware')]) AS query"
            " WHERE search @@ query"
        ).fetchall()
    assert words == [("mug", "mug-blue blue mug-red red ember"), ("taza", "mug-blue azul mug-red")]
    assert sorted(found) == [("en",)] * 3 + [("es",)]  # SKUs are the same in every language


def test_orders_that_are_unpaid_at_the_upgrade_have_the_whole_time_from_then_on(
    server: Embedded,
) -> None:
    url = a_database(server, "unpaid")
    migrations.upgrade(url, "0010")
    with psycopg.connect(url) as connection:
        for status, payment in (("open", "pending"), ("open", "paid"), ("cancelled", "cancelled")):
            connection.execute(
                "INSERT INTO orders (id, number, cart_id, channel_id, currency, locale, email,"
                " email_key, shipping_address, billing_address, shipping_option, payment_provider,"
                " subtotal, discount, shipping, tax, tax_included, tax_added, total,"
                " shipping_tax_added, coupons, placed_at, status, payment_status,"
                " fulfilment_status, version)"
                " SELECT gen_random_uuid(), nextval('order_numbers'), %s, id, 'EUR', 'en',"
                " 'a@x.example', 'a@x.example', '{}',"
                " '{}', '{}', 'manual', 0, 0, 0, 0, 0, 0, 0, 0, '{}', now() - interval '1 year',"
                " %s, %s, 'unfulfilled', 1 FROM channels",
                [payment, status, payment],
            )
    migrations.upgrade(url)

    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT cart_id, payment_due_at > now() + interval '6 days 23 hours',"
            " payment_reminded_at FROM orders"
        ).fetchall()
        days = connection.execute("SELECT payment_days FROM channels").fetchall()
    assert {row[0]: row[1:] for row in rows} == {
        "pending": (True, None),
        "paid": (None, None),
        "cancelled": (None, None),
    }
    assert days == [(7,)]


def test_ten_nodes_may_migrate_at_once(server: Embedded) -> None:
    url = a_database(server, "crowded")
    crowd = [FORKING.Process(target=migrations.upgrade, args=[url]) for _ in range(10)]
    for node in crowd:
        node.start()
    for node in crowd:
        node.join(PATIENCE)

    assert [node.exitcode for node in crowd] == [0] * 10
    assert migrations.missing(url) == []


def test_a_migration_waits_for_its_turn_and_not_for_ever(server: Embedded) -> None:
    url = a_database(server, "taken")
    done = threading.Event()

    def migrate() -> None:
        migrations.upgrade(url)
        done.set()

    with psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [migrations.LOCK])
        threading.Thread(target=migrate).start()
        waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        eventually(lambda: other.execute(waiting).fetchone(), "a migration that waits")
        assert not done.is_set()

    assert done.wait(PATIENCE)


def test_a_database_that_is_late_is_waited_for(server: Embedded) -> None:
    url = server.url.replace("/trastienda?", "/late?")
    heard: list[str] = []

    def arrive(line: str) -> None:
        heard.append(line)
        a_database(server, "late")

    migrations.wait(url, PATIENCE, arrive)

    (line,) = heard
    assert line.startswith(f"Waiting for the database, {PATIENCE:.0f} seconds at most: ")
    assert 'database "late" does not exist' in line


def test_a_database_that_never_comes_is_one_line() -> None:
    told = run(
        "migrate",
        DATABASE_URL="postgresql://shop:secret-word@127.0.0.1:1/shop",
        TRASTIENDA_DATABASE_WAIT=0,
    )

    assert told.returncode == 1
    assert told.stderr.startswith("DATABASE_URL: connection to server at")
    assert told.stderr.count("\n") == 1
    assert "secret-word" not in told.stderr


def test_whoever_migrates_leaves_a_note_for_older_nodes(server: Embedded) -> None:
    url = a_database(server, "noted")
    newest = revisions.note(revisions.NEWEST)
    migrations.upgrade(url, "0008")
    old = noted(url)
    migrations.upgrade(url)
    now = noted(url)
    with psycopg.connect(url) as connection:
        connection.execute("COMMENT ON TABLE alembic_version IS NULL")
    migrations.upgrade(url)

    assert old == ("0008", "Works with the code of revision 0010 and later.")
    assert now == noted(url) == (revisions.NEWEST, newest)


def test_a_database_of_a_newer_version_is_left_alone(server: Embedded) -> None:
    url = a_database(server, "newer")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")

    with pytest.raises(migrations.DatabaseUnusable, match="newer than this version"):
        migrations.upgrade(url)
    with pytest.raises(migrations.DatabaseUnusable, match="newer than this version"):
        migrations.await_others(url, 0, lambda _: None)


def test_a_node_starts_on_a_database_that_is_ahead_by_what_was_added(server: Embedded) -> None:
    url = a_database(server, "ahead")
    migrations.upgrade(url)
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    migrations.upgrade(url)
    migrations.await_others(url, 0, lambda _: None)

    assert migrations.missing(url) == []
    assert migrations.standing(url) is revisions.State.AHEAD
    assert noted(url) == ("9999", revisions.note(revisions.NEWEST))


def noted(url: str) -> tuple[object, ...] | None:
    with psycopg.connect(url) as connection:
        return connection.execute(revisions.APPLIED.encode()).fetchone()


@pytest.mark.parametrize(
    "command",
    [
        ("keys", "list"),
        *(
            pytest.param((it,), marks=pytest.mark.once) for it in ("serve", "worker")
        ),  # ask the same
    ],
)
def test_a_database_without_tables_is_one_line(
    server: Embedded, tmp_path: Path, command: tuple[str, ...]
) -> None:
    url = a_database(server, f"bare_{command[0]}")
    settings = {"DATABASE_URL": url, "TRASTIENDA_DATA": tmp_path, "TRASTIENDA_HTTP_PORT": 0}

    told = run(*command, **settings, TRASTIENDA_PORT=free_port(), TRASTIENDA_DATABASE_WAIT=0)

    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == "DATABASE_URL: not up to date: run `trastienda migrate` first\n"


def test_whoever_does_not_migrate_waits_for_it(server: Embedded) -> None:
    url, said = a_database(server, "late_tables"), list[str]()
    waiting = threading.Thread(
        target=migrations.await_others, args=(url, PATIENCE, said.append), daemon=True
    )

    waiting.start()
    eventually(lambda: said, "waits")
    migrations.upgrade(url)
    waiting.join(PATIENCE)

    assert not waiting.is_alive()
    assert said == [f"Waiting for `trastienda migrate`, {PATIENCE:.0f} seconds at most"]
