from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model, SortKey


class OrderSearchTerm(Model):
    """A word that an order is found by: `sku:MUG-BLUE`, `tag:gift`, `name:ada lovelace`.

    Triggers write them (revisions 0022 and 0043). A name stands here by each of its words and by
    each two and three of them, and a tag also with the states of its order
    (`open/paid/unfulfilled:gift`): what is looked for by several facts is read no further than
    what has them all, in the order of the list.
    """

    __tablename__ = "order_search"
    term: Mapped[str] = mapped_column(SortKey, primary_key=True)
    placed_at: Mapped[datetime] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(primary_key=True)
