from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trastienda.database.base import Identified, Model, SortKey
from trastienda.database.models.catalogue.variant import Variant
from trastienda.database.models.shared.text import Locale


class Product(Identified, Model):
    """A product, as a page of the shop shows it; it is sold as one of its variants."""

    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        Index(None, "created_at", "id"),
    )
    slug: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    published: Mapped[bool] = mapped_column(default=True)
    thumbnail: Mapped[str | None] = mapped_column(default=None)
    """The thumbnail of the first picture."""
    attributes: Mapped[dict[str, Any]] = mapped_column(JSONB, default_factory=dict)
    """By locale, then by name: `{"en": {"Material": "Stoneware"}}`."""
    version: Mapped[int] = mapped_column(default=1)
    gift_card: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether its variants are gift cards, worth what they cost. Chosen when it is created."""
    texts: Mapped[list["ProductText"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, default_factory=list
    )
    variants: Mapped[list[Variant]] = relationship(
        lazy="raise",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by=Variant.position,
        default_factory=list,
    )
    media: Mapped[list["ProductMedia"]] = relationship(
        lazy="raise",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="ProductMedia.position",
        default_factory=list,
    )

    def touch(self, now: datetime) -> None:
        """Increase the version, so that whatever clients have read before is stale."""
        self.version += 1
        self.updated_at = now


class ProductText(Model):
    """A product in one language."""

    __tablename__ = "product_texts"
    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("products.id", ondelete="CASCADE"), primary_key=True, init=False
    )
    locale: Mapped[Locale] = mapped_column(primary_key=True)
    name: Mapped[str]
    description: Mapped[str]
    options: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """`[{"name": "Colour", "values": ["Blue", "Red"]}]`, in the order they are shown."""
    sort_key: Mapped[str] = mapped_column(SortKey)
    search_text: Mapped[str]
    """Name and description for full-text search, without case and accents (as the next two)."""
    search_name: Mapped[str] = mapped_column(default="", server_default="")
    """The name alone, which has the highest weight."""
    search_terms: Mapped[str] = mapped_column(default="", server_default="")
    """The variants' SKUs, option values and own names, separated by single spaces."""


class ProductCategory(Model):
    __tablename__ = "product_categories"
    __table_args__ = (Index(None, "category_id"),)
    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("products.id", ondelete="CASCADE"), primary_key=True
    )
    category_id: Mapped[UUID] = mapped_column(
        ForeignKey("categories.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(default=0)


class ProductMedia(Identified, Model):
    """A picture of a product; the product's thumbnail is that of the first one that is ready.

    It repeats what its picture says, so that the pages of products read it without a join.
    """

    __tablename__ = "product_media"
    __table_args__ = (
        CheckConstraint("width > 0 AND height > 0", name="size"),
        Index("uq_product_media_media_id", "product_id", "media_id", unique=True),
        Index(None, "product_id"),
        Index(None, "media_id"),
    )
    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("products.id", ondelete="CASCADE"), init=False
    )
    position: Mapped[int]
    alt: Mapped[dict[str, Any]]
    """By locale."""
    media_id: Mapped[UUID | None] = mapped_column(ForeignKey("media.id"), default=None)
    """None for a picture of the demonstration, whose files come with the shop."""
    url: Mapped[str | None] = mapped_column(default=None)
    """None until the picture's files are made; so are the next four."""
    thumbnail_url: Mapped[str | None] = mapped_column(default=None)
    width: Mapped[int | None] = mapped_column(default=None)
    height: Mapped[int | None] = mapped_column(default=None)
    sources: Mapped[list[dict[str, str]] | None] = mapped_column(
        JSONB(none_as_null=True), default=None
    )

    @property
    def name(self) -> UUID:
        """The id by which staff and pages refer to it."""
        return self.media_id or self.id
