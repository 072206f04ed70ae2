"""A job worker is killed in the middle of an import: the next one finishes it, each row once."""

import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, LiteralString
from uuid import uuid4

import psycopg
from support.applications import SECRET, an_empty_shop
from support.background import ask
from support.imports.files import ALL, a_file, numbers, send, state
from support.people import a_program
from support.processes.killing import Wounded
from support.processes.nodes import eventually
from support.products import a_product, a_sku
from support.refusals import BLOCKED_BY_US

from trastienda.database.models.accounts.user import Role
from trastienda.jobs.sweeps import take_up
from trastienda.postgres.embedded import Embedded
from trastienda.services.imports.imports import AT_ONCE

NEW = AT_ONCE + AT_ONCE // 2
"""Rows that add a product. In the second batch, one more changes a product that is held."""
One = Callable[..., Any]


def one(connection: psycopg.Connection[Any], query: LiteralString, *values: object) -> Any:  # noqa: ANN401 - a column
    row = connection.execute(query, values).fetchone()
    assert row is not None
    return row[0]


def waits_until(look: One, import_id: str, wanted: str) -> None:
    query: LiteralString = "SELECT state FROM product_imports WHERE id = %s"
    eventually(lambda: look(query, import_id) == wanted, f"the import is {wanted}")


async def test_an_import_is_done_once_though_its_worker_is_killed(
    server: Embedded, database_url: str, tmp_path: Path
) -> None:
    async with (
        an_empty_shop(server, tmp_path / "web") as shop,
        await a_program(shop, Role.OWNER) as staff,
    ):
        [(name,)] = await ask("SELECT current_database()")
        url = server.url.replace("/trastienda?", f"/{name}?")
        held = await a_product(staff)
        row = {"name": "Mug", "price": "9", "stock": "3"}
        rows = [{**row, "slug": uuid4().hex, "sku": a_sku()} for _ in range(NEW)]
        rows.append({"sku": held["variants"][0]["sku"], "price": "9"})
        given = {"DATABASE_URL": url, "TRASTIENDA_DATA": tmp_path, "TRASTIENDA_SECRET": SECRET}
        worker = Wounded(tmp_path / "log", "worker", **given).start()
        try:
            with psycopg.connect(url, autocommit=True) as watching:
                look = partial(one, watching)
                import_id = (await send(staff, a_file(rows))).json()["id"]
                waits_until(look, import_id, "checked")
                with psycopg.connect(url) as holding:
                    holding.execute("SELECT FROM products WHERE id = %s FOR UPDATE", [held["id"]])
                    await staff.post(f"{ALL}/{import_id}/start")
                    eventually(partial(one, holding, BLOCKED_BY_US), "the second batch waits")
                    before = look("SELECT new FROM product_imports WHERE id = %s", import_id)
                    await worker.kill()
                watching.execute(
                    "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
                )
                await take_up()
                waits_until(look, import_id, "finished")
        finally:
            worker.end(signal.SIGKILL)
        done = await state(staff, {"id": import_id})
        told = dict(await ask("SELECT type, count(*) FROM events GROUP BY type"))
        moved = await ask(
            "SELECT count(*), sum(moves.on_hand)::int FROM stock_movements AS moves"
            " JOIN stock ON stock.id = stock_id WHERE variant_id <> %s GROUP BY variant_id",
            held["variants"][0]["id"],
        )

    assert before == AT_ONCE
    assert numbers(done) == (NEW, 1, 0, 0)
    assert (told["product.created"], told["product.changed"]) == (1 + NEW, 1)
    assert (told["import.started"], told["import.finished"]) == (1, 1)
    assert moved == [(1, 3)] * NEW
