from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model, SortKey
from trastienda.database.models.text import Locale

_MINE = ("locale", "currency")


class Card(Model):
    """A product as a list shows it, in one language and currency: written for reading.

    Refreshed in the transaction that changes what it shows; never the source of anything.
    """

    __tablename__ = "cards"
    __table_args__ = (
        Index("ix_cards_newest", *_MINE, "listed_at", "product_id"),
        Index("ix_cards_price", *_MINE, "price", "product_id"),
        Index("ix_cards_name", *_MINE, "sort_key", "product_id"),
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
    """Its categories and all they stand in."""
    search: Mapped[str] = mapped_column(TSVECTOR)
    document: Mapped[str] = mapped_column(Text)
    """The finished JSON of one item of the list."""
