from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model, SortKey


class OrderSearchTerm(Model):
    """A word that an order is found by: `sku:MUG-BLUE`, `tag:gift`, `name:ada lovelace`.

    Triggers write them (revision 0022). A name stands here by each of its words and each pair of
    them, so that a common name is read no further than any other, in the order of the list.
    """

    __tablename__ = "order_search"
    term: Mapped[str] = mapped_column(SortKey, primary_key=True)
    placed_at: Mapped[datetime] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(primary_key=True)
