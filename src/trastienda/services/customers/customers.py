"""One customer, with what staff need to help them."""

from typing import Any
from uuid import UUID

from msgspec import UNSET, structs

from trastienda.database.db import Reading
from trastienda.schemas.customers.customer import CustomerView
from trastienda.schemas.orders.listing import OrdersWanted
from trastienda.services.accounts import address_book
from trastienda.services.credit import store_credit
from trastienda.services.customers import listing, notes
from trastienda.services.orders import listing as orders

LATEST = 10
"""Orders that are shown beside a customer."""


async def view(
    session: Reading, user_id: UUID, *, with_orders: bool, with_credit: bool
) -> CustomerView:
    """Return a customer; orders and store credit are left out unless asked for.

    Raise CustomerNotFound.
    """
    known: dict[str, Any] = structs.asdict(await listing.card(session, user_id))
    wanted = OrdersWanted(owner=user_id, limit=LATEST)
    return CustomerView(
        **known,
        addresses=await address_book.all_of(session, user_id),
        notes=await notes.newest(session, user_id),
        latest_orders=(await orders.page(session, wanted)).items if with_orders else UNSET,
        store_credit=await store_credit.of_customer(session, user_id) if with_credit else UNSET,
    )
