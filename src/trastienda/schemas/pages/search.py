from msgspec import Struct, field

from trastienda.schemas.catalogue.product_draft import StaffProductCard
from trastienda.schemas.customers.customer import CustomerCard
from trastienda.schemas.orders.listing import OrderCard


class Found(Struct, kw_only=True):
    """What a search found, the first few of each kind."""

    orders: list[OrderCard] = field(default_factory=list)
    products: list[StaffProductCard] = field(default_factory=list)
    customers: list[CustomerCard] = field(default_factory=list)
