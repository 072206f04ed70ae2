from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class LetterWording(Identified, Model):
    """The merchant's own words in a letter; what is left out is ours."""

    __tablename__ = "letter_wordings"
    __table_args__ = (
        UniqueConstraint("channel_id", "letter", "locale"),
        CheckConstraint("version > 0", name="version"),
    )
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"))
    letter: Mapped[str]
    locale: Mapped[str]
    texts: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
