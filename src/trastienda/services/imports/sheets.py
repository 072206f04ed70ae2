"""Reading a file of products: CSV (RFC 4180) in UTF-8, with commas or semicolons. Pure."""

import csv
import io
from collections.abc import Iterator, Sequence

from trastienda.errors import Invalid
from trastienda.schemas.imports.product_import import Sheet, SheetRow
from trastienda.services.imports import columns
from trastienda.services.imports.cells import bare
from trastienda.services.imports.columns import Column, Field, Room

LARGEST = 10_000_000
"""Bytes of a file."""
MOST_ROWS = 25_000
MOST_COLUMNS = 200
SEPARATORS = (",", ";")
_SLUG, _SKU, _NAME = (Column(it).name for it in (Field.SLUG, Field.SKU, Field.NAME))


def read(content: bytes, room: Room) -> Sheet:
    """Read a file as it was uploaded.

    Raise SheetUnreadable, SheetEmpty, TooManyRows, or what `columns.of_header` raises.
    """
    lines = _lines(content)
    header = next(lines, None)
    if header is None:
        raise SheetEmpty
    if len(header) > MOST_COLUMNS:
        raise SheetUnreadable(row=1)
    found = columns.of_header(header, room)
    cells = [it and it.name for it in found]
    known = [it for it in cells if it]
    ignored = [
        name.strip()
        for name, it in zip(header, cells, strict=True)
        if it is None and name.strip().lower() not in {"", columns.PROBLEM}
    ]
    rows = list(_rows(lines, cells))
    if not rows:
        raise SheetEmpty
    return Sheet(known, ignored, rows)


def _lines(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetUnreadable(row=1 + content.count(b"\n", 0, error.start)) from None
    if (at := text.find("\0")) >= 0:
        raise SheetUnreadable(row=1 + text.count("\n", 0, at))
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error:
        raise SheetUnreadable(row=reader.line_num) from None


def _rows(lines: Iterator[list[str]], names: Sequence[str | None]) -> Iterator[SheetRow]:
    """Yield the rows that are not empty, each with the number of its product.

    A product's rows have the same slug, or follow each other with the same name.
    """
    first_of: dict[str, int] = {}
    skus: set[str] = set()
    before: tuple[int, str] = (0, "")
    count = 0
    for number, line in enumerate(lines, 2):
        if len(line) > len(names) and any(it.strip() for it in line[len(names) :]):
            raise SheetUnreadable(row=number)
        cells = {
            name: bare(text)
            for name, text in zip(names, line, strict=False)
            if name and text.strip()
        }
        if not cells:
            continue
        count += 1
        if count > MOST_ROWS:
            raise TooManyRows(limit=MOST_ROWS)
        slug, name = cells.get(_SLUG, "").strip(), cells.get(_NAME, "")
        if slug:
            product = first_of.setdefault(slug, number)
        else:
            product = before[0] if name and name == before[1] else number
        before = (product, name)
        sku = cells.get(_SKU, "").strip()
        yield SheetRow(number, product, repeated=sku in skus, cells=cells)
        skus |= {sku} - {""}


class SheetUnreadable(Invalid):
    """This is no table: save it as CSV in UTF-8, with the same columns in each line."""


class SheetEmpty(Invalid):
    """The table has no rows below the names of the columns."""


class SheetTooLarge(Invalid):
    """The file is too large: split it."""


class TooManyRows(Invalid):
    """The table has too many rows: split it."""
