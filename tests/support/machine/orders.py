"""What a shop should hold of an order: its lines, its money, and what comes back. Pure."""

from dataclasses import dataclass, field

from support.machine.goods import SHIPPING, GiftCard


@dataclass
class Line:
    id: str
    quantity: int
    price: int
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
    """Money that came for an order: by a provider, by hand, of a gift card, or by an exchange."""

    captured: int
    card: GiftCard | None = None
    by_hand: bool = False
    """Staff give it back, so that no provider is asked; what an exchange paid, too."""
    refunded: int = 0
    """Promised back; `done` of it has gone the way it came."""
    done: int = 0
    exchanged: int = 0
    """What of it paid the order of an exchange."""


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
    excess: int = 0
    """What was given back because it was edited, and costs less."""
    reopened: bool = False
    """Whether an edit asks for money of which nothing was kept: all had been refunded."""
    waiting: int = 0
    """What a payment that is under way would bring."""
    late: list[Payment] = field(default_factory=list)
    """Money that came when it needed none any more."""
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
    def worth(self) -> int:
        return SHIPPING + sum(line.price * line.quantity for line in self.lines.values())

    @property
    def owed(self) -> int:
        return self.total - self.captured + self.excess

    def left(self, before: int, units: int, price: int) -> int:
        """Say what could be refunded still with other units of something, if anything was."""
        given = self.refunded - self.excess
        return self.worth + (units - before) * price - given if given else 0

    @property
    def asked(self) -> bool:
        """Whether a provider has taken money for it: then what comes by hand has to be said so."""
        return bool(self.by_provider or self.late)

    @property
    def comes(self) -> bool:
        """Whether money comes for it beside what was captured: then nothing is refunded."""
        return bool(self.captured and (self.held or self.waiting))

    @property
    def payable(self) -> bool:
        """Whether it takes more money, beside what is held for it."""
        ended = self.status != "open" or self.payment_status == "refunded"
        return not ended and self.owed > 0

    @property
    def payment_status(self) -> str:
        if self.held:
            return "authorised"
        if self.refunded > self.excess:
            if self.refunded < self.captured:
                return "partially_refunded"
            return "partially_paid" if self.reopened and self.status == "open" else "refunded"
        if self.status == "cancelled":
            return "cancelled"
        if self.captured:
            return "partially_paid" if self.owed > 0 else "paid"
        return "pending"

    def take(self, amount: int) -> None:
        """Take money that a provider captured; what it needs no more goes back."""
        if self.payable and amount <= self.owed:
            self.payments.append(Payment(amount))
        else:
            self.late.append(Payment(amount, refunded=amount))
            self.to_send.append((self.late[-1], amount))

    def give_back(self, amount: int, exchanged: int = 0) -> None:
        """Promise money back: of providers first, then of gift cards, the oldest first.

        `exchanged` of it pays another order, at once.
        """
        self.reopened = False
        for payment in sorted(self.payments, key=lambda it: it.card is not None):
            part = min(amount, payment.captured - payment.refunded)
            moved = min(part, exchanged)
            payment.refunded += part
            payment.exchanged += moved
            if part > moved:
                self.to_send.append((payment, part - moved))
            amount, exchanged = amount - part, exchanged - moved
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
        took = sum(it.captured - it.done for it in self.payments if it.card is None)
        exchanged = sum(it.exchanged for it in self.payments)
        found = {
            "receivable": 0 if self.status == "cancelled" else self.owed,
            "cash": took - exchanged,
            "refunds_payable": sum(it.done - it.refunded for it in self.payments) + exchanged,
        }
        return {account: amount for account, amount in found.items() if amount}
