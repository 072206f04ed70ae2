"""Products from a file: what was uploaded, and what became of each of its rows."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.errors import Conflict


class ImportState(StrEnum):
    CHECKING = "checking"
    """It is compared with the shop, and changes nothing."""
    CHECKED = "checked"
    """It waits for somebody to start it."""
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class ImportCancelReason(StrEnum):
    REQUESTED = "requested"
    NOT_ALLOWED = "not_allowed"
    """Whoever started it may no longer change what it changes."""


class RowOutcome(StrEnum):
    """What a row would do when it was checked, or has done."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"


UNDER_WAY = frozenset({ImportState.CHECKING, ImportState.RUNNING})
OPEN = frozenset({*UNDER_WAY, ImportState.CHECKED})


class ImportNotChecked(Conflict):
    """Only an import that was checked, and not started yet, can be started."""


class ImportEnded(Conflict):
    """This import has ended already."""


class ProductImport(Identified, Model):
    """A file of products, one row for each variant. Its numbers are those of its last pass."""

    __tablename__ = "product_imports"
    __table_args__ = (
        CheckConstraint("rows > 0", name="rows"),
        CheckConstraint(
            "least(new, changed, unchanged, failed) >= 0"
            " AND new + changed + unchanged + failed <= rows",
            name="done",
        ),
        CheckConstraint("version > 0", name="version"),
        Index(None, "updated_at"),
    )
    name: Mapped[str]
    """The name of the file, for staff."""
    bytes: Mapped[int]
    columns: Mapped[list[str]] = mapped_column(JSONB)
    """The columns that are read, by their own names, in the order of the file."""
    ignored_columns: Mapped[list[str]] = mapped_column(JSONB)
    """The columns that mean nothing here, as the file names them."""
    rows: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    actor: Mapped[str]
    """The kind of actor who uploaded it, and then of who started it."""
    actor_id: Mapped[UUID | None]
    state: Mapped[ImportState] = mapped_column(default=ImportState.CHECKING)
    position: Mapped[int] = mapped_column(default=0)
    """The number of the last product that this pass has done."""
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
    cancel_reason: Mapped[ImportCancelReason | None] = mapped_column(default=None)
    """None unless it was cancelled, and for those that were before reasons were kept."""
    version: Mapped[int] = mapped_column(default=1)

    def checked(self, now: datetime) -> None:
        """Note that all rows were compared with the shop."""
        self.state = ImportState.CHECKED
        self._touch(now)

    def launch(self, now: datetime) -> None:
        """Begin the pass that changes products. Raise ImportNotChecked."""
        if self.state is not ImportState.CHECKED:
            raise ImportNotChecked(import_state=self.state)
        self.state, self.started_at = ImportState.RUNNING, now
        self.position = self.new = self.changed = self.unchanged = self.failed = 0
        self._touch(now)

    def finish(self, now: datetime) -> None:
        """Note that all rows were imported, or refused."""
        self.state, self.finished_at = ImportState.FINISHED, now
        self._touch(now)

    def call_off(self, reason: ImportCancelReason, now: datetime) -> None:
        """Let no further batch begin. Raise ImportEnded."""
        if self.state not in OPEN:
            raise ImportEnded(import_state=self.state)
        self.state, self.finished_at = ImportState.CANCELLED, now
        self.cancel_reason = reason
        self._touch(now)

    def advance(self, position: int, outcomes: dict[RowOutcome, int], now: datetime) -> None:
        """Count the rows of a batch, which ends with the product of this number."""
        self.position = position
        self.new += outcomes.get(RowOutcome.NEW, 0)
        self.changed += outcomes.get(RowOutcome.CHANGED, 0)
        self.unchanged += outcomes.get(RowOutcome.UNCHANGED, 0)
        self.failed += outcomes.get(RowOutcome.FAILED, 0)
        self._touch(now)

    def _touch(self, now: datetime) -> None:
        self.version += 1
        self.updated_at = now


class ProductImportRow(Model):
    """A row of the file, as it was written: the part of the file that is kept."""

    __tablename__ = "product_import_rows"
    __table_args__ = (Index(None, "import_id", "product", "number"),)
    import_id: Mapped[UUID] = mapped_column(
        ForeignKey("product_imports.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    """As a spreadsheet counts: the line with the names of the columns is 1."""
    product: Mapped[int]
    """The number of the first row of the same product."""
    repeated: Mapped[bool]
    """Whether an earlier row has the same SKU."""
    cells: Mapped[dict[str, Any]]
    """The texts by the column's own name, without the empty ones."""
    outcome: Mapped[RowOutcome | None] = mapped_column(default=None)
    """None before the row was looked at."""
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default_factory=list)
    """`[{"column": "price_EUR", "problem": "PriceUnreadable", "title": "…"}]`"""
