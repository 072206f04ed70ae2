"""VERI*FACTU's records, as their hashes and the tax agency see them."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trastienda.database.models.invoices.record import RecordKind


class IssuedFields(Struct, frozen=True, kw_only=True):
    """What the hash of a record of issue is made of, as text."""

    issuer: str
    number: str
    issued_on: str
    type: str
    tax: str
    total: str
    previous: str
    """The hash of the record before; empty in the first one."""
    at: str


class CancelledFields(Struct, frozen=True, kw_only=True):
    """What the hash of a record of cancellation is made of, as text."""

    issuer: str
    number: str
    issued_on: str
    previous: str
    at: str


class RecordView(Struct, frozen=True, kw_only=True):
    """A record of the chain, as it is handed over."""

    id: UUID
    issuer: str
    sequence: int
    kind: RecordKind
    fields: dict[str, str]
    hash: str
    recorded_at: datetime
