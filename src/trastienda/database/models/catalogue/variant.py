from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trastienda.database.base import Identified, Model
from trastienda.database.models.catalogue.price import Price
from trastienda.database.models.shared.text import Locale

if TYPE_CHECKING:
    from trastienda.database.models.catalogue.product import ProductMedia


class Variant(Identified, Model):
    """A version of a product that can be put into a cart, such as one colour in one size."""

    __tablename__ = "variants"
    __table_args__ = (
        UniqueConstraint("product_id", "options"),
        CheckConstraint("weight_grams >= 0", name="weight_grams"),
        CheckConstraint("length_mm > 0 AND width_mm > 0 AND height_mm > 0", name="size"),
        Index(None, "tax_class"),
        Index(None, "picture_id"),
    )
    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("products.id", ondelete="CASCADE"), init=False
    )
    sku: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    options: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """`{"Colour": "Blue"}`, in the language in which the product was entered."""
    weight_grams: Mapped[int | None] = mapped_column(default=None)
    length_mm: Mapped[int | None] = mapped_column(default=None)
    width_mm: Mapped[int | None] = mapped_column(default=None)
    height_mm: Mapped[int | None] = mapped_column(default=None)
    thumbnail: Mapped[str | None] = mapped_column(default=None)
    """That of the variant's own picture; without one, the product's is shown."""
    picture_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("product_media.id", ondelete="SET NULL"), init=False, default=None
    )
    """The variant's own picture, one of the product's."""
    tax_class: Mapped[str] = mapped_column(ForeignKey("tax_classes.code"), default="standard")
    picture: Mapped["ProductMedia | None"] = relationship(lazy="raise", default=None)
    texts: Mapped[list["VariantText"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, default_factory=list
    )
    prices: Mapped[list[Price]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, default_factory=list
    )


class VariantText(Model):
    __tablename__ = "variant_texts"
    variant_id: Mapped[UUID] = mapped_column(
        ForeignKey("variants.id", ondelete="CASCADE"), primary_key=True, init=False
    )
    locale: Mapped[Locale] = mapped_column(primary_key=True)
    name: Mapped[str]
    options: Mapped[dict[str, Any]] = mapped_column(JSONB)
