"""Products from a file, as staff follow them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.imports.product_import import (
    ImportCancelReason,
    ImportState,
    RowOutcome,
)


class ImportView(Struct, kw_only=True):
    """An import. The numbers of rows are those of the check, and after the start of the import."""

    id: UUID
    name: Annotated[str, Meta(description="The name of the file.")]
    bytes: Annotated[int, Meta(description="The size of the file.")]
    state: ImportState
    columns: Annotated[list[str], Meta(description="The columns that are read.")]
    ignored_columns: Annotated[list[str], Meta(description="The columns that mean nothing here.")]
    rows: int
    done: Annotated[int, Meta(description="How many rows were looked at so far.")]
    new: Annotated[int, Meta(description="Rows that add a variant.")]
    changed: int
    unchanged: int
    failed: Annotated[int, Meta(description="Rows that were left out: `rows` says why.")]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    cancel_reason: Annotated[
        ImportCancelReason | None,
        Meta(
            description="`not_allowed`: whoever started it may no longer change products, or stock"
            " if the file has columns of stock."
        ),
    ]
    version: int


class ImportPage(Struct):
    items: list[ImportView]
    next_cursor: str | None


class RowProblem(Struct):
    """Why a row is left out, with the whole product that it belongs to."""

    column: Annotated[str | None, Meta(description="None if it is not about one cell.")]
    type: str
    title: str


class ImportRowView(Struct, kw_only=True):
    number: Annotated[int, Meta(description="As a spreadsheet counts: the first row has the names")]
    outcome: RowOutcome | None
    cells: dict[str, str]
    problems: list[RowProblem]


class ImportRowPage(Struct):
    items: list[ImportRowView]
    next_cursor: str | None


class ImportRowsWanted(Struct, frozen=True, kw_only=True):
    """Which rows of an import, from where on."""

    limit: int = 24
    cursor: str | None = None
    outcome: RowOutcome | None = None


class Sheet(Struct, frozen=True):
    """A file that was read: its columns, and its rows with the texts of their cells."""

    columns: list[str]
    ignored_columns: list[str]
    rows: list["SheetRow"]


class SheetRow(Struct, frozen=True):
    number: int
    product: int
    """The number of the first row of the same product."""
    repeated: bool
    """Whether an earlier row has the same SKU."""
    cells: dict[str, Any]
