from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.errors import NotFound, Stale


class LegalKind(StrEnum):
    """What a legal page is about, in the order in which the footer lists them."""

    TERMS = "terms"
    PRIVACY = "privacy"
    WITHDRAWAL = "withdrawal"
    """The right of withdrawal, with the model form (Directive 2011/83/EU, annex I)."""
    SHIPPING = "shipping"
    IMPRINT = "imprint"
    """Who runs the shop (Directive 2000/31/EC, article 5)."""


class LegalPage(Identified, Model):
    """A page with a text that the law wants, in the languages that it is written in."""

    __tablename__ = "legal_pages"
    __table_args__ = (
        UniqueConstraint("channel_id", "kind"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("texts <> '{}'", name="texts"),
    )
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"))
    kind: Mapped[LegalKind]
    texts: Mapped[dict[str, Any]]
    """By locale: `title` and `text`."""
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class LegalPageNotFound(NotFound):
    """The shop has no such legal page."""


class LegalPageChanged(Stale):
    """The legal page has changed since you read it."""
