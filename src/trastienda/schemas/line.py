from uuid import UUID

from msgspec import Struct

from trastienda.schemas.money import Sum


class LineView(Struct):
    """What is bought of one variant, priced: in a cart, and the same in an order."""

    id: UUID
    sku: str
    name: str
    slug: str
    variant_id: UUID | None
    options: dict[str, str]
    thumbnail: str | None
    quantity: int
    unit_price: Sum
    subtotal: Sum
    discount: Sum
    tax: Sum
    total: Sum
