"""What staff list, write and delete in one way: its fields, its list, and who does the work."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from trastienda.database.db import Reading
from trastienda.errors import NotFound
from trastienda.handlers.pages.admin.records.fields import Choices, Field, Section, Spec, specs
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.schemas.shared.context import Context


class NoSuchRecord(NotFound):
    """There is no such thing, or no longer."""


def by_uuid(text: str) -> UUID:
    """Read the end of an address. Raise NoSuchRecord."""
    try:
        return UUID(text)
    except ValueError:
        raise NoSuchRecord from None


class Listed(NamedTuple):
    items: Sequence[Any]
    next_cursor: str | None = None


class Column(NamedTuple):
    """A column of a list: the first one links to the record."""

    label: str
    name: str
    """The attribute of the view, with dots for attributes within."""
    kind: str = "text"
    """How it is written: a macro of `admin/parts.jinja`."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """How a kind of record is shown and written."""

    path: str
    """The address of its list, without `/admin/`."""
    title: str
    """What the list is called."""
    one: str
    """What one of them is called."""
    new: str = ""
    """What the button says that begins another one."""
    empty: str = ""
    """What the list says while there is none."""
    write: str
    """The scope that its changes need."""
    columns: Sequence[Column] = ()
    sections: Sequence[Section]
    read: Callable[[Reading, Any, Context], Awaitable[Any]]
    """One of them; None where there can be one, and is none yet."""
    draft: type[msgspec.Struct]
    patch: type[msgspec.Struct]
    change: Callable[[AnyRequest, Any, Any, Context], Awaitable[Any]]
    listed: Callable[[Reading, str | None, Context], Awaitable[Listed]] | None = None
    """A page of the list from a cursor on."""
    create: Callable[[AnyRequest, Any, Context], Awaitable[Any]] | None = None
    remove: Callable[[AnyRequest, Any, Context], Awaitable[Any]] | None = None
    called: Callable[[Any], str] = lambda view: str(view.name)
    """The name of a record: to delete it, people type it."""
    unwritten: Callable[[Any], str] | None = None
    """The name of one that is not written yet, by its key, in English."""
    key: Callable[[str], Any] = by_uuid
    """Reads the end of an address."""
    named: str = "id"
    """The attribute of a view that its address ends in."""
    choices: Callable[[Reading, Context], Awaitable[dict[str, Choices]]] | None = None
    completed: Callable[[Any, dict[str, Choices]], dict[str, Choices]] | None = None
    """Adds to the choices what a record itself has chosen, or may choose from."""
    more: Callable[[AnyRequest, Reading, Any, Context], Awaitable[dict[str, Any]]] | None = None
    """What the template `beside` shows of a record."""
    above: str = ""
    """A template above the list."""
    beside: str = ""
    """A template below the form of a record."""
    is_single: bool = False
    """There is one of it: a page without a list."""
    goes: str = ""
    """What else is gone when one is deleted."""
    back: str = ""
    """Where a page of one leads back to, if they have no list of their own."""
    begin: Callable[[], Sequence[str]] | None = None
    """The ends of addresses at which another one can be begun, where they are not free."""
    can_undo: bool = True
    """Whether a change of one can be taken back by another change."""
    stays: Mapping[str, str] = field(default_factory=dict)
    """Lists whose rows never go, with the field that names a row: adding one cannot be undone."""
    once: str = ""
    """A template that shows what only the answer to the creation has, such as a secret."""

    @property
    def fields(self) -> list[Field]:
        return [it for section in self.sections for it in section.fields]

    @property
    def specs(self) -> dict[str, Spec]:
        """What the schemas of a new record and of its changes say of its fields."""
        return specs(self.draft, self.patch)

    @property
    def address(self) -> str:
        return f"/admin/{self.path}"

    @property
    def above_it(self) -> str:
        """The address that is left when one of them is deleted: their list, if they have one."""
        return self.back or self.address

    def address_of(self, view: object) -> str:
        """Return the address of one of them: a view, or the data of a repeated answer."""
        if self.is_single:
            return self.address
        end = view[self.named] if isinstance(view, dict) else getattr(view, self.named)
        return f"{self.address}/{end}"
