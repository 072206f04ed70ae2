"""Pictures: what staff upload, and what the shop makes of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class MediaState(StrEnum):
    PROCESSING = "processing"
    """It is uploaded, and its files are being made."""
    READY = "ready"
    FAILED = "failed"


class MediaFailure(StrEnum):
    """Why no files could be made."""

    UNREADABLE = "unreadable"
    """It is damaged, cut short, or not what its first bytes promise."""
    TOO_MANY_PIXELS = "too_many_pixels"
    ANIMATED = "animated"
    TOO_COMPLEX = "too_complex"
    """Reading it takes more memory or time than a picture may."""
    LOST = "lost"
    """The upload is not in the store: its nodes do not share one."""


class Media(Identified, Model):
    """A picture. Its files are made once and never change; each upload is stored once."""

    __tablename__ = "media"
    __table_args__ = (
        CheckConstraint("octet_length(sha256) = 32", name="sha256"),
        CheckConstraint("bytes > 0", name="bytes"),
        CheckConstraint("width > 0 AND height > 0", name="size"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint(
            f"(state = '{MediaState.READY}') = (num_nonnulls(url, thumbnail, width, height,"
            f" sources) = 5) AND (state = '{MediaState.READY}') = (url IS NOT NULL)",
            name="ready",
        ),
        CheckConstraint(f"(state = '{MediaState.FAILED}') = (failure IS NOT NULL)", name="failed"),
        Index(
            "uq_media_sha256",
            "sha256",
            unique=True,
            postgresql_where=text(f"state <> '{MediaState.FAILED}'"),
        ),
        Index(None, "state", "id"),
    )
    name: Mapped[str]
    """The name of the file that was uploaded, for staff."""
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    """Of the upload."""
    bytes: Mapped[int]
    """The size of the upload."""
    alt: Mapped[dict[str, Any]]
    """By locale; what products that show it begin with."""
    created_at: Mapped[datetime]
    state: Mapped[MediaState] = mapped_column(default=MediaState.PROCESSING)
    failure: Mapped[MediaFailure | None] = mapped_column(default=None)
    url: Mapped[str | None] = mapped_column(default=None)
    """Of the fallback, which every browser shows."""
    thumbnail: Mapped[str | None] = mapped_column(default=None)
    width: Mapped[int | None] = mapped_column(default=None)
    height: Mapped[int | None] = mapped_column(default=None)
    sources: Mapped[list[dict[str, str]] | None] = mapped_column(
        JSONB(none_as_null=True), default=None
    )
    """`[{"type": "image/avif", "srcset": "/media/… 320w, …"}]`, the best first."""
    version: Mapped[int] = mapped_column(default=1)


class MediaRemoval(Model):
    """A picture that staff deleted; its files are deleted a day later.

    Until then, backups that began before and pages in caches find them.
    """

    __tablename__ = "media_removals"
    __table_args__ = (Index(None, "removed_at"),)
    media_id: Mapped[UUID] = mapped_column(primary_key=True)
    removed_at: Mapped[datetime]
