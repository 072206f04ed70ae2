from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class MailWording(Identified, Model):
    """The merchant's own texts in a mail; the default texts fill in what they leave out."""

    __tablename__ = "letter_wordings"
    __table_args__ = (
        UniqueConstraint("channel_id", "letter", "locale"),
        CheckConstraint("version > 0", name="version"),
    )
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"))
    mail: Mapped[str] = mapped_column("letter")
    locale: Mapped[str]
    texts: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
