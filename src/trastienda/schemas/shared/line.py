from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from trastienda.schemas.shared.gift_card import GiftCardLine
from trastienda.schemas.shared.money import Sum


class CustomGoods(Struct, frozen=True):
    """What is not in the shop: staff named it and its price."""

    tax_class: str
    requires_shipping: bool


class LineView(Struct):
    """A quantity of one variant with its price, in a cart or an order."""

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
    gift_card: GiftCardLine | UnsetType | None = UNSET
    """Left out of goods."""
