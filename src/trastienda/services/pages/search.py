"""One search over everything that staff may see: orders, products, customers."""

from collections.abc import Collection

from trastienda.database.db import Reading
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Malformed
from trastienda.schemas.customers.customer import CustomersWanted
from trastienda.schemas.orders.listing import OrdersWanted
from trastienda.schemas.pages.search import Found
from trastienda.services.catalogue import staff_product_view
from trastienda.services.customers import listing as customers
from trastienda.services.orders import listing as orders

OF_EACH = 5
LONGEST = 200


async def everything(session: Reading, q: str, locale: Locale, scopes: Collection[str]) -> Found:
    """Find orders by number, address or name; products by name or SKU; customers by theirs."""
    found = Found()
    if "orders.read" in scopes:
        found.orders = (await orders.page(session, OrdersWanted(limit=OF_EACH, q=q))).items
    if "catalogue.read" in scopes:
        page = await staff_product_view.page(session, locale, OF_EACH, None, q[:LONGEST])
        found.products = page.items
    if "customers.read" in scopes:
        try:
            found.customers = (
                await customers.page(session, CustomersWanted(limit=OF_EACH, q=q))
            ).items
        except Malformed:  # nothing in it that a name or an address could have
            found.customers = []
    return found
