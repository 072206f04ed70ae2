"""Imports on record: what was uploaded, how far each is, and what became of its rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb
from sqlalchemy import select

from trastienda.database.db import Reading, Row, Session, prepared
from trastienda.database.models.accounts.user import Scopes, StaffScope
from trastienda.database.models.imports.product_import import (
    UNDER_WAY,
    ImportState,
    ProductImport,
    RowOutcome,
)
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Forbidden, NotFound, ShopError, Stale
from trastienda.schemas.imports.product_import import (
    ImportPage,
    ImportRowPage,
    ImportRowsWanted,
    ImportRowView,
    ImportView,
    RowProblem,
    Sheet,
    SheetRow,
)
from trastienda.schemas.shared.actor import Actor, ActorKind
from trastienda.services.accounts import rights
from trastienda.services.imports import columns
from trastienda.services.imports.columns import LEVELS
from trastienda.services.imports.drafting import Problem
from trastienda.services.imports.sheets import MOST_ROWS
from trastienda.services.shared import cursors
from trastienda.services.shared.records import Records, shown
from trastienda.titles import kind, title
from trastienda.translation import translate

TASK = "imports"
"""The job that checks an import, and then does it."""
MAY_WRITE: Scopes = frozenset({"catalogue.write"})
MAY_COUNT: StaffScope = "stock.write"
"""The scope that changes stock, by an import too."""
LEFT_OUT = RowOutcome.FAILED
"""The outcome of rows that change nothing, because of a problem."""
AT_ONCE = 100
"""Rows of a batch, about: a product's rows are never divided."""
_ADD_ROWS = (
    "COPY product_import_rows (import_id, number, product, repeated, cells, problems) FROM STDIN"
)
_COLUMNS = "number, product, repeated, cells"
# The rows of the next products, up to the last that is in it as a whole; at least one.
_NEXT = prepared(f"""
    WITH waiting AS MATERIALIZED (
        SELECT product FROM product_import_rows
        WHERE import_id = %(import_id)s AND product > %(position)s
        ORDER BY product, number LIMIT %(most)s + 1
    )
    SELECT {_COLUMNS} FROM product_import_rows
    WHERE import_id = %(import_id)s AND product > %(position)s
        AND (product < (SELECT max(product) FROM waiting)
            OR product = (SELECT min(product) FROM waiting)
            OR (SELECT count(*) FROM waiting) <= %(most)s)
    ORDER BY product, number
""")
_NOTE = prepared("""
    UPDATE product_import_rows SET outcome = given.outcome, problems = given.problems
    FROM unnest(%(numbers)s::bigint[], %(outcomes)s::text[], %(problems)s::jsonb[])
        AS given (number, outcome, problems)
    WHERE import_id = %(import_id)s AND product_import_rows.number = given.number
""")
_PAGE = prepared("""
    SELECT number, outcome, cells, problems FROM product_import_rows
    WHERE import_id = %(import_id)s AND number > %(after)s
        AND (%(outcome)s::text IS NULL OR outcome = %(outcome)s::text)
    ORDER BY number LIMIT %(limit)s
""")
_FORGET_OUTCOMES = prepared("""
    UPDATE product_import_rows SET outcome = NULL, problems = '[]' WHERE import_id = %(import_id)s
""")
_SWEEP = prepared("""
    DELETE FROM product_imports WHERE id = ANY (ARRAY(
        SELECT id FROM product_imports WHERE updated_at < %(before)s
        ORDER BY updated_at LIMIT %(most)s FOR UPDATE SKIP LOCKED))
""")


async def add(session: Session, record: ProductImport, sheet: Sheet) -> None:
    """Save an import with the rows of its file."""
    session.orm.add(record)
    await session.orm.flush()
    async with session.driver.cursor() as cursor, cursor.copy(_ADD_ROWS) as copy:
        for row in sheet.rows:
            cells = msgspec.json.encode(row.cells).decode()
            await copy.write_row((record.id, row.number, row.product, row.repeated, cells, "[]"))


async def under_way(session: Session, import_id: UUID) -> ProductImport | None:
    """Lock an import that has work left; return None for any other."""
    query = select(ProductImport).where(
        ProductImport.id == import_id, ProductImport.state.in_(UNDER_WAY)
    )
    found: ProductImport | None = await session.orm.scalar(query.with_for_update())
    return found


async def following(session: Reading, record: ProductImport, most: int) -> list[SheetRow]:
    """Return the rows of the next products: `most`, or those of one product if it has more."""
    names = {"import_id": record.id, "position": record.position, "most": most}
    return [SheetRow(*row) for row in await _NEXT.rows(session, **names)]


class Batch(NamedTuple):
    """What became of some rows."""

    rows: Sequence[SheetRow]
    outcomes: Mapping[int, RowOutcome]
    """By the rows' numbers."""
    problems: Sequence[Problem]


async def note(session: Session, record: ProductImport, batch: Batch, now: datetime) -> None:
    """Note what became of the rows of a batch, and that they are done."""
    of_row: dict[int, list[dict[str, Any]]] = {row.number: [] for row in batch.rows}
    for it in batch.problems:
        of_row[it.number].append(_problem(it))
    await _NOTE(
        session,
        import_id=record.id,
        numbers=list(of_row),
        outcomes=[batch.outcomes[number].value for number in of_row],
        problems=[Jsonb(it) for it in of_row.values()],
    )
    counts = Counter(batch.outcomes.values())
    record.advance(max(row.product for row in batch.rows), counts, now)
    await session.orm.flush()


async def forget_outcomes(session: Session, record: ProductImport) -> None:
    """Forget what the check has found, before the import itself."""
    await _FORGET_OUTCOMES(session, import_id=record.id)


def expect_countable(names: Sequence[str], *, may_count: bool) -> None:
    """Raise StockNotAllowed if there are columns of stock, which the visitor may not change."""
    if not may_count and MAY_COUNT in _needed(names):
        raise StockNotAllowed(scope=MAY_COUNT)


async def may_go_on(session: Reading, record: ProductImport, now: datetime) -> bool:
    """Say whether whoever started an import may still change what it changes."""
    starter = Actor(ActorKind(record.actor), record.actor_id)
    return await rights.scopes_of(session, starter, now) >= _needed(record.columns)


def _needed(names: Sequence[str]) -> Scopes:
    """Return the scopes that importing a file with these columns needs."""
    counts = any(columns.named(it).field in LEVELS for it in names)
    return MAY_WRITE | {MAY_COUNT} if counts else MAY_WRITE


async def by_id(session: Reading, import_id: UUID) -> ImportView:
    """Return an import. Raise ImportNotFound."""
    return view(await _RECORDS.by_id(session, import_id))


async def page(
    session: Reading, limit: int, cursor: str | None, state: ImportState | None
) -> ImportPage:
    """List imports, the newest first. Raise CursorUnusable."""
    shape = ["imports", state or ""]
    query = select(ProductImport).order_by(ProductImport.id.desc()).limit(limit + 1)
    if state is not None:
        query = query.where(ProductImport.state == state)
    if cursor is not None:
        query = query.where(ProductImport.id < cursors.read(cursor, shape, str)[1])
    found = list(await session.orm.scalars(query))
    items = [view(it) for it in found[:limit]]
    more = cursors.after(shape, "", items[-1].id) if len(found) > limit else None
    return ImportPage(items, more)


async def rows(
    session: Reading, import_id: UUID, wanted: ImportRowsWanted, locale: Locale
) -> ImportRowPage:
    """List the rows of an import in the order of its file. Raise CursorUnusable."""
    shape = ["import rows", str(import_id), wanted.outcome or ""]
    after = cursors.read(wanted.cursor, shape, int)[0] if wanted.cursor else 0
    names = {"after": after, "outcome": wanted.outcome, "limit": wanted.limit + 1}
    found = [_row(it, locale) for it in await _PAGE.rows(session, import_id=import_id, **names)]
    items = found[: wanted.limit]
    if len(found) <= wanted.limit:
        return ImportRowPage(items, None)
    return ImportRowPage(items, cursors.after(shape, str(items[-1].number), import_id))


async def failed(session: Reading, import_id: UUID, locale: Locale) -> list[ImportRowView]:
    """Return all rows that are left out, in the order of the file."""
    names = {"after": 0, "outcome": RowOutcome.FAILED, "limit": MOST_ROWS}
    return [_row(it, locale) for it in await _PAGE.rows(session, import_id=import_id, **names)]


def _row(row: Row, locale: Locale) -> ImportRowView:
    number, outcome, cells, problems = row
    return ImportRowView(
        number=number,
        outcome=RowOutcome(outcome) if outcome else None,
        cells=cells,
        problems=[_said(it, locale) for it in problems],
    )


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most `most` imports, with their files, that nothing happened to since then."""
    return await _SWEEP(session, before=before, most=most)


def view(record: ProductImport) -> ImportView:
    done = record.new + record.changed + record.unchanged + record.failed
    return shown(record, ImportView, done=done)


def _problem(problem: Problem) -> dict[str, Any]:
    """Return a problem as it is kept: with the English title, and the name of its translation."""
    known: type[ShopError] = type(problem.error)
    return {
        "column": problem.column,
        "problem": known.__name__,
        "type": kind(known),
        "title": title(known, Locale.ENGLISH),
    }


def _said(kept: Mapping[str, Any], locale: Locale) -> RowProblem:
    said = translate(kept["problem"], kept["title"], locale)
    return RowProblem(column=kept["column"], type=kept["type"], title=said)


class ImportNotFound(NotFound):
    """There is no such import, or it is over for so long that it is forgotten."""


class ImportChanged(Stale):
    """The import has changed since you read it."""


class StockNotAllowed(Forbidden):
    """The file has columns of stock, which your role or key does not allow you to change."""


_RECORDS = Records(ProductImport, missing=ImportNotFound, changed=ImportChanged)
claim, save = _RECORDS.claim, _RECORDS.save
