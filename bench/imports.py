"""How long a file of products takes: checked, imported, imported again, changed, and exported.

    .venv/bin/python bench/imports.py --variants 10000

Starts an embedded PostgreSQL of its own with `fsync` on, and does what the handlers and the job do,
without HTTP. Each product has four variants, two languages, two currencies, and stock.
"""

import argparse
import asyncio
import csv
import io
import time
from collections.abc import Iterator
from uuid import UUID

from machine import scratch

from trastienda.controllers.imports import imports
from trastienda.database.db import Database, reading, utcnow
from trastienda.database.models.shared.text import Locale
from trastienda.process import opened
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import channels
from trastienda.services.imports import exporting, sheets
from trastienda.services.imports import imports as imports_on_record
from trastienda.services.imports.columns import Room
from trastienda.settings import Settings

SIZES = ("S", "M", "L", "XL")
ROOM = Room(Locale.ENGLISH, "EUR", ["main"])


def rows(variants: int, price: str) -> Iterator[dict[str, str]]:
    for number in range(variants):
        product, size = divmod(number, len(SIZES))
        yield {
            "slug": f"import-{product}",
            "name": f"Shirt {product}",
            "name_es": f"Camisa {product}",
            "description": "A shirt of organic cotton. " * 10,
            "option_1_name": "Size",
            "option_1_value": SIZES[size],
            "sku": f"IMPORT-{number}",
            "price_EUR": price,
            "price_USD": price,
            "weight_grams": "180",
            "stock_main": "25",
        }


def a_file(variants: int, price: str) -> bytes:
    text = io.StringIO()
    sheet = csv.DictWriter(text, list(next(rows(1, price))))
    sheet.writeheader()
    sheet.writerows(rows(variants, price))
    return text.getvalue().encode()


async def done(content: bytes) -> None:
    """Import a file, and say how long each step takes."""
    began = time.perf_counter()
    sheet = sheets.read(content, ROOM)
    made = await imports.upload(sheet, "f.csv", len(content), Context(utcnow()))
    uploaded = time.perf_counter()
    await worked_off(made.id)
    checked = time.perf_counter()
    await imports.start(made.id, Context(utcnow()), may_count=True)
    await worked_off(made.id)
    imported = time.perf_counter()
    async with reading() as session:
        view = await imports_on_record.by_id(session, made.id)
    print(
        f"{view.rows:,} rows, {len(content) / 1e6:.1f} MB: uploaded in {uploaded - began:.1f} s,"
        f" checked in {checked - uploaded:.1f} s, imported in {imported - checked:.1f} s;"
        f" new {view.new:,}, changed {view.changed:,}, unchanged {view.unchanged:,},"
        f" failed {view.failed:,}",
        flush=True,
    )


async def worked_off(import_id: UUID) -> None:
    while await imports.advance(import_id, hand_on=False):
        pass


async def measure(url: str, variants: int) -> None:
    async with opened(Settings(database_url=url, secret="x" * 32), Database(url, 4)):
        async with reading() as session:
            await channels.refresh(session)
        for price in ("12.50", "12.50", "13.00"):
            await done(a_file(variants, price))
        began, many, after, more = time.perf_counter(), 0, None, True
        async with reading() as session:
            sheet = await exporting.header(session)
            wanted = exporting.Wanted(Locale.ENGLISH)
            while more:
                text, after = await exporting.piece(session, sheet, wanted, after)
                more, many = after is not None, many + text.count(b"\r\n")
        print(f"exported {many:,} lines in {time.perf_counter() - began:.1f} s")


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--variants", type=int, default=10_000)
    many = wanted.parse_args().variants
    with scratch("imports") as url:
        asyncio.run(measure(url, many))


if __name__ == "__main__":
    main()
