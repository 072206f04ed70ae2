"""What a shop should hold, in memory: stock, carts, orders and their money. Pure.

Each method is told that the shop did something, or says what it should answer. Whoever adds what a
shop can do (exchanges) adds its numbers here, and a rule to the machine.
"""

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
class GiftCard:
    id: str
    code: str
    balance: int
    held: int = 0
    """Promised to payments under way."""
    disabled: bool = False

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


@dataclass
class Line:
    id: str
    quantity: int
    removed: int = 0
    fulfilled: int = 0
    returned: int = 0
    refunded: int = 0
    """Units whose price was given back."""
    awaited: int = 0
    """Units in returns that have not ended, which have not arrived."""
    kept: int = 0
    """Units in returns that have not ended."""

    @property
    def unsent(self) -> int:
        return self.quantity - self.removed - self.fulfilled

    @property
    def returnable(self) -> int:
        """Sent, with the buyer, not refunded, and in no other return."""
        with_buyer = self.fulfilled - self.returned - self.awaited
        return max(0, min(with_buyer, self.quantity - self.refunded - self.kept))


@dataclass
class Payment:
    """Money that came for an order: by a provider, by hand, or of a gift card."""

    captured: int
    card: GiftCard | None = None
    by_hand: bool = False
    refunded: int = 0
    """Promised back; `done` of it has gone."""
    done: int = 0


@dataclass
class Return:
    """Units of one line that come back."""

    id: str
    line: Line
    sku: str
    quantity: int
    status: str
    received: int = 0

    def end(self, status: str) -> None:
        self.line.kept -= self.quantity
        self.line.awaited -= self.quantity - self.received
        self.status = status


@dataclass
class Order:
    id: str
    total: int
    lines: dict[str, Line]
    token: str | None = None
    """With which its buyer reads it."""
    status: str = "open"
    held: int = 0
    """Authorised and neither captured nor let go."""
    payments: list[Payment] = field(default_factory=list)
    to_send: list[tuple[Payment, int]] = field(default_factory=list)
    """Parts of refunds that have not gone yet."""
    by_units: bool = True
    """Whether each refund so far was of units, whose worth is their price."""
    shipping: int = SHIPPING
    """What of it was not given back."""
    card: bool = True
    returns: list[Return] = field(default_factory=list)

    @property
    def captured(self) -> int:
        return sum(it.captured for it in self.payments)

    @property
    def refunded(self) -> int:
        return sum(it.refunded for it in self.payments)

    @property
    def by_provider(self) -> list[Payment]:
        return [it for it in self.payments if not it.card and not it.by_hand]

    @property
    def comes(self) -> bool:
        """Whether money is held for it beside what was captured: then nothing is refunded."""
        return bool(self.held and self.captured)

    @property
    def payment_status(self) -> str:
        if self.refunded:
            return "refunded" if self.refunded == self.captured else "partially_refunded"
        if self.status == "cancelled":
            return "cancelled"
        if self.held:
            return "authorised"
        if self.captured:
            return "paid" if self.captured >= self.total else "partially_paid"
        return "pending"

    def give_back(self, amount: int) -> None:
        """Promise money back: of providers first, then of gift cards, the oldest first."""
        for payment in sorted(self.payments, key=lambda it: it.card is not None):
            part = min(amount, payment.captured - payment.refunded)
            if part:
                payment.refunded += part
                self.to_send.append((payment, part))
                amount -= part
        assert not amount

    def send_refunds(self) -> None:
        """Pay what was promised; a gift card that is disabled takes nothing."""
        for payment, part in self.to_send:
            if payment.card is None or not payment.card.disabled:
                payment.done += part
            if payment.card is not None and not payment.card.disabled:
                payment.card.balance += part
        self.to_send = []

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
            "cash": sum(it.captured - it.done for it in self.payments if it.card is None),
            "refunds_payable": sum(it.done - it.refunded for it in self.payments),
        }
        return {account: amount for account, amount in found.items() if amount}


class Model:
    """The whole shop."""

    def __init__(self, skus: list[str]) -> None:
        self.goods = {
            sku: Goods(sku, price, stock)
            for sku, price, stock in zip(skus, PRICES, STOCK, strict=True)
        }
        self.cards: dict[str, GiftCard] = {}
        self.orders: dict[str, Order] = {}

    def total(self, lines: dict[str, int]) -> int:
        return SHIPPING + sum(self.goods[sku].price * units for sku, units in lines.items())

    def tenders(self, cart: Cart) -> list[Tender]:
        """Say what each gift card of a cart pays of it."""
        due, found = self.total(cart.lines), []
        for card in cart.cards:
            if part := min(due, card.usable):
                found.append(Tender(card, part))
                due -= part
        return found

    def due(self, cart: Cart) -> int:
        """Say what its gift cards leave to pay."""
        return self.total(cart.lines) - sum(it.amount for it in self.tenders(cart))

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
        order.give_back(order.refundable)
