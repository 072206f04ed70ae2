from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model, SortKey
from trastienda.database.models.shared.text import Locale


class Category(Identified, Model):
    """A node of the shop's tree of categories, which contains products."""

    __tablename__ = "categories"
    __table_args__ = (
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        CheckConstraint("version > 0", name="version"),
        Index(None, "parent_id"),
    )
    slug: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(default=0)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("categories.id"), default=None)
    version: Mapped[int] = mapped_column(default=1)


class CategoryText(Model):
    __tablename__ = "category_texts"
    category_id: Mapped[UUID] = mapped_column(
        ForeignKey("categories.id", ondelete="CASCADE"), primary_key=True
    )
    locale: Mapped[Locale] = mapped_column(primary_key=True)
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(SortKey)
    search_text: Mapped[str] = mapped_column(default="", server_default="")
    """The name without case and accents, for the search for products."""
