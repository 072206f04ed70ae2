from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.errors import Stale

COLOURS = ("brand_colour", "dark_brand_colour", "accent_colour")


class StorefrontSettings(Identified, Model):
    """The logo, the colours and the texts of a channel's storefront. No row: the defaults."""

    __tablename__ = "storefront_settings"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        *(CheckConstraint(f"{it} ~ '^#[0-9a-f]{{6}}$'", name=it) for it in COLOURS),
    )
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"), unique=True)
    logo_id: Mapped[UUID | None] = mapped_column(ForeignKey("media.id"), default=None)
    """A picture that is ready; it cannot be deleted meanwhile."""
    brand_colour: Mapped[str | None] = mapped_column(default=None)
    """`#rrggbb`, as are the others; None: the stylesheet's own."""
    dark_brand_colour: Mapped[str | None] = mapped_column(default=None)
    """In the dark; None: worked out from the other one."""
    accent_colour: Mapped[str | None] = mapped_column(default=None)
    texts: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    """By locale and name of the text; those that are left out are the default ones."""
    version: Mapped[int] = mapped_column(default=1)


class StorefrontChanged(Stale):
    """The storefront's settings have changed since you read them."""
