"""What a shop should hold, in memory: stock, carts, orders and their money. Pure.

Each method is told that the shop did something, or says what it should answer. Whoever adds what a
shop can do (returns, exchanges, gift cards) adds its numbers here, and a rule to the machine.
"""

from dataclasses import dataclass, field

SHIPPING = 490
PRICES = (1_000, 777)
STOCK = (9, 5)


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
class Cart:
    id: str
    lines: dict[str, int] = field(default_factory=dict)
    state: str = "open"
    challenge: str | None = None
    """Where the buyer says yes or no, while the payment waits for that."""


@dataclass
class Line:
    id: str
    quantity: int
    removed: int = 0
    fulfilled: int = 0
    returned: int = 0
    refunded: int = 0
    """Units whose price was given back."""

    @property
    def unsent(self) -> int:
        return self.quantity - self.removed - self.fulfilled


@dataclass
class Order:
    id: str
    total: int
    lines: dict[str, Line]
    status: str = "open"
    held: int = 0
    """Authorised and neither captured nor let go."""
    captured: int = 0
    refunded: int = 0
    """Promised back; the provider has paid `done` of it."""
    done: int = 0
    by_units: bool = True
    """Whether each refund so far was of units, whose worth is their price."""
    card: bool = True

    @property
    def payment_status(self) -> str:
        if self.captured:
            if self.refunded:
                whole = self.refunded == self.captured
                return "refunded" if whole else "partially_refunded"
            return "paid" if self.captured >= self.total else "partially_paid"
        if self.status == "cancelled":
            return "cancelled"
        return "authorised" if self.held else "pending"

    @property
    def fulfilment_status(self) -> str:
        if not any(line.fulfilled for line in self.lines.values()):
            return "unfulfilled"
        rest = any(line.unsent for line in self.lines.values())
        return "partially_fulfilled" if rest else "fulfilled"

    @property
    def refundable(self) -> int:
        return self.captured - self.refunded

    @property
    def balances(self) -> dict[str, int]:
        """What the ledger holds of it; debits are positive."""
        owed = 0 if self.status == "cancelled" else self.total - self.captured
        found = {
            "receivable": owed,
            "cash": self.captured - self.done,
            "refunds_payable": self.done - self.refunded,
        }
        return {account: amount for account, amount in found.items() if amount}


class Model:
    """The whole shop."""

    def __init__(self, skus: list[str]) -> None:
        self.goods = {
            sku: Goods(sku, price, stock)
            for sku, price, stock in zip(skus, PRICES, STOCK, strict=True)
        }
        self.carts: dict[str, Cart] = {}
        self.orders: dict[str, Order] = {}

    def total(self, lines: dict[str, int]) -> int:
        return SHIPPING + sum(self.goods[sku].price * units for sku, units in lines.items())

    def suffices(self, cart: Cart) -> bool:
        return all(self.goods[sku].available >= units for sku, units in cart.lines.items())

    def reserve(self, lines: dict[str, int], sign: int = 1) -> None:
        """Promise goods; with -1, they are free again."""
        for sku, units in lines.items():
            self.goods[sku].reserved += sign * units

    def fulfil(self, order: Order, sku: str, units: int) -> None:
        order.lines[sku].fulfilled += units
        self.goods[sku].on_hand -= units
        self.goods[sku].reserved -= units

    def restock(self, order: Order, sku: str, units: int) -> None:
        """Take units off an order: those that were not sent are free, the others come back."""
        line = order.lines[sku]
        unsent = min(units, line.unsent)
        line.removed += unsent
        line.returned += units - unsent
        self.goods[sku].reserved -= unsent
        self.goods[sku].on_hand += units - unsent

    def may_restock(self, order: Order, sku: str, units: int) -> bool:
        line = order.lines[sku]
        return units - min(units, line.unsent) <= line.fulfilled - line.returned

    def cancel(self, order: Order) -> None:
        order.status, order.held = "cancelled", 0
        self.reserve({sku: line.unsent for sku, line in order.lines.items()}, -1)
        order.refunded = order.captured
