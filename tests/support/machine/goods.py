"""What a shop sells, and the carts and gift cards of its buyers, in memory. Pure."""

from dataclasses import dataclass, field

SHIPPING = 490
PRICES = (1_000, 777)
STOCK = (11, 5)


@dataclass
class Goods:
    """Something for sale, in all locations together."""

    sku: str
    price: int
    on_hand: int
    reserved: int = 0

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


@dataclass
class CardSale:
    """The order of one gift card, paid by a provider."""

    order_id: str
    line_id: str
    amount: int
    refunded: bool = False

    @property
    def seen(self) -> tuple[str, int]:
        """The state of its payment, and what was promised back."""
        return ("refunded", self.amount) if self.refunded else ("paid", 0)


@dataclass
class GiftCard:
    id: str
    code: str
    balance: int
    held: int = 0
    """Promised to payments under way."""
    disabled: bool = False
    sale: "CardSale | None" = None
    """None: staff have issued it."""

    @property
    def unused(self) -> bool:
        """Whether all that it was sold for is on it."""
        return self.sale is not None and self.balance == self.sale.amount and not self.held

    @property
    def usable(self) -> int:
        return 0 if self.disabled else self.balance - self.held


@dataclass
class Tender:
    """What a gift card pays of an order."""

    card: GiftCard
    amount: int


@dataclass
class Cart:
    id: str
    lines: dict[str, int] = field(default_factory=dict)
    state: str = "open"
    cards: list[GiftCard] = field(default_factory=list)
    """In the order in which they pay."""
    tenders: list[Tender] = field(default_factory=list)
    """What they are promised to pay, while a payment of the rest waits."""
