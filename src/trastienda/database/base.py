"""The base of all models: names of constraints, types of columns, kinds of ids."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Enum, Identity, MetaData, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
from uuid_utils.compat import uuid7

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Model(MappedAsDataclass, DeclarativeBase, kw_only=True, repr=False):
    """The base class of models: a dataclass, so that a type checker finds misspelt columns."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        datetime: DateTime(timezone=True),
        int: BigInteger,
        dict[str, Any]: JSONB,
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            length=32,
            create_constraint=True,
            values_callable=lambda kind: [member.value for member in kind],
        ),
    }


class Identified(MappedAsDataclass, kw_only=True):
    """A row with an id that the application generates and that is ordered by time (UUIDv7)."""

    id: Mapped[UUID] = mapped_column(primary_key=True, init=False, default_factory=uuid7)


class Numbered(MappedAsDataclass, kw_only=True):
    """A row with an id that the database counts, for rows that clients never refer to."""

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True, init=False)


SortKey = String(collation="C")
