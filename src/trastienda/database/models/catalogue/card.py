from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model, SortKey
from trastienda.database.models.shared.text import Locale

_LIST_KEY = ("locale", "currency")


class Card(Model):
    """A product as lists show it, in one language and currency.

    A copy made for reading, updated in the transaction that changes what it shows. Nothing is
    stored in it alone.
    """

    __tablename__ = "cards"
    __table_args__ = (
        Index("ix_cards_newest", *_LIST_KEY, "listed_at", "product_id"),
        Index("ix_cards_price", *_LIST_KEY, "price", "product_id"),
        Index("ix_cards_name", *_LIST_KEY, "sort_key", "product_id"),
        Index("ix_cards_categories", "category_ids", postgresql_using="gin"),
        Index("ix_cards_search", "search", postgresql_using="gin"),
        Index("ix_cards_product", "product_id"),
    )
    locale: Mapped[Locale] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("products.id", ondelete="CASCADE"), primary_key=True
    )
    listed_at: Mapped[datetime]
    sort_key: Mapped[str] = mapped_column(SortKey)
    price: Mapped[int]
    in_stock: Mapped[bool]
    category_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    """The product's categories and all their parents."""
    search: Mapped[str] = mapped_column(TSVECTOR)
    document: Mapped[str] = mapped_column(Text)
    """The JSON of the product as an item of a list."""
    filters: Mapped[list[str] | None] = mapped_column(ARRAY(Text), default=None)
    """What lists can be narrowed by: `Colour=Blue`, of its variants' options and its attributes.

    None: code that does not know filters wrote the card, and the next change fills it.
    """
