from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model, SortKey


class CustomerSearchTerm(Model):
    """What a customer is found by: a word of the name or the e-mail address, or its `@domain`.

    Triggers write them (revision 0032), for accounts with a verified address. A common word is read
    no further than any other, in the order of the list.
    """

    __tablename__ = "customer_search"
    term: Mapped[str] = mapped_column(SortKey, primary_key=True)
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
