"""Records of staff, which are all found, locked, compared, saved, deleted and shown alike.

A service states the facts of its rows once, as `Records`, and exports what it needs: `claim, save =
_RECORDS.claim, _RECORDS.save`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

import msgspec
import psycopg
from msgspec import UNSET, structs
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.interfaces import ORMOption

from trastienda.database.db import Reading, Row, Session
from trastienda.database.failures import violated
from trastienda.errors import NotFound, ShopError, Stale


class Versioned(Protocol):
    """A row with a version, which counts its changes."""

    version: int


R = TypeVar("R", bound=Versioned)
V = TypeVar("V", bound=msgspec.Struct)


@dataclass(frozen=True)
class Refusal:
    """The error that a violated constraint means."""

    error: type[ShopError]
    pointer: str | None = None
    """The field at fault, as a JSON pointer (RFC 6901)."""
    tells: str | None = None
    """A column whose value becomes a fact of the error."""


Refusals = Mapping[str, Refusal]
"""Errors by the name of the constraint."""


@contextmanager
def translated(refusals: Refusals, row: object = None) -> Iterator[None]:
    """Raise the error that a violated constraint means.

    A violation that `refusals` does not name is a bug, and is raised as it is.
    """
    # Read now: after a failed flush the row cannot be read.
    told = {it.tells: getattr(row, it.tells) for it in refusals.values() if it.tells}
    try:
        yield
    except (IntegrityError, psycopg.IntegrityError) as violation:
        refusal = refusals.get(violated(violation))
        if refusal is None:
            raise
        facts = {refusal.tells: told[refusal.tells]} if refusal.tells else {}
        if refusal.pointer:
            facts["pointer"] = refusal.pointer
        raise refusal.error(**facts) from violation


@dataclass(frozen=True)
class Records(Generic[R]):
    """The facts of one kind of row, and the operations of staff's use-cases on its rows."""

    row: type[R]
    missing: type[NotFound]
    changed: type[Stale]
    on_save: Refusals = field(default_factory=dict)
    """The error for each constraint that saving can violate."""
    on_remove: Refusals = field(default_factory=dict)
    """The error for each constraint that keeps a row from being deleted."""
    whole: tuple[ORMOption, ...] = ()
    """The loader options for its relations."""
    key_share: bool = False
    """Lock with FOR NO KEY UPDATE, so that other rows may still refer to the row."""

    async def by_id(self, session: Reading, id_: UUID | str) -> R:
        """Return a row. Raise `missing`."""
        if row := await session.orm.get(self.row, id_, options=self.whole):
            return row
        raise self.missing

    async def claim(self, session: Session, id_: UUID | str, seen: int | None) -> R:
        """Lock a row for a change. Raise `missing`, or `changed` if `seen` is not its version."""
        lock = {"of": self.row, "key_share": self.key_share}
        row = await session.orm.get(self.row, id_, options=self.whole, with_for_update=lock)
        if row is None:
            raise self.missing
        expect_version(row.version, seen, self.changed)
        return row

    async def save(self, session: Session, row: R) -> None:
        """Save a row, new or changed. Raise the error of `on_save` for a violated constraint."""
        session.orm.add(row)
        with translated(self.on_save, row):
            await session.orm.flush()

    async def remove(self, session: Session, row: R) -> None:
        """Delete a row. Raise the error of `on_remove` for a violated constraint."""
        await session.orm.delete(row)
        with translated(self.on_remove, row):
            await session.orm.flush()


def expect_version(version: int, seen: int | None, changed: type[Stale]) -> None:
    """Raise `changed`, with the version, if the client has seen (`If-Match`) another one."""
    if seen not in {None, version}:
        raise changed(version=version)


def given(patch: msgspec.Struct) -> dict[str, Any]:
    """Return the fields that a patch sets."""
    return {name: value for name, value in structs.asdict(patch).items() if value is not UNSET}


def rewrite(row: Versioned, fields: Mapping[str, object]) -> None:
    """Set the columns of the same names, and increase the version."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1


def shown(row: object, view: type[V], **made: object) -> V:
    """Return a view of a row; `view` names the type, or is a view to complete."""
    names = [name for name in view.__struct_fields__ if name not in made]
    return view(**made, **{name: getattr(row, name) for name in names})


def selected(row: Row, view: type[V]) -> V:
    """Return a view of a row of a statement that selects the view's fields in order."""
    return view(**dict(zip(view.__struct_fields__, row, strict=True)))
