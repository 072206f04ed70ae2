"""What is known of an e-mail address, with or without an account."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class MailSuppression(Identified, Model):
    """An address that mails no longer reach."""

    __tablename__ = "mail_suppressions"
    email: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    status: Mapped[str | None] = mapped_column(default=None)
    """The reason, as mail servers number it (RFC 3463)."""


class MailConsent(Identified, Model):
    """Whether the owner of an address agreed to mails other than transactional ones."""

    __tablename__ = "mail_consents"
    email: Mapped[str] = mapped_column(unique=True)
    granted: Mapped[bool]
    changed_at: Mapped[datetime]
