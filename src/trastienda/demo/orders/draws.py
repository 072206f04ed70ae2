"""The n-th generated order: drawn from its number, the seed, and what the shop sells."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from trastienda.demo.generated.products import ProductGenerator
from trastienda.demo.orders.people import AGES, Fate, Person, fate, person, tags
from trastienda.schemas.ledger.booking import Booking, TaxedAmount
from trastienda.services.ledger import bookings
from trastienda.services.pricing.rounding import WHOLE, half_up, rate

CURRENCY = "EUR"
COUNTRY = "ES"
PERCENT = Decimal(21)
SHARE = rate(PERCENT)
SHIPPING = 490
PROVIDERS = ("test", "test", "manual")


class Ware(NamedTuple):
    """A variant that the shop sells."""

    variant_id: UUID
    sku: str
    name: str
    slug: str
    price: int


class Line(NamedTuple):
    id: UUID
    ware: Ware
    quantity: int
    subtotal: int
    discount: int
    total: int
    tax: int


class Sale(NamedTuple):
    """An order with all that became of it; amounts are in minor units."""

    number: int
    id: UUID
    placed_at: datetime
    buyer: Person
    fate: Fate
    provider: str
    lines: list[Line]
    tags: list[str]
    subtotal: int
    discount: int
    total: int
    tax: int

    @property
    def captured(self) -> int:
        unpaid = self.fate is Fate.UNPAID or self.fate is Fate.CANCELLED
        return 0 if unpaid else self.total

    @property
    def refunded(self) -> int:
        return self.total if self.fate is Fate.REFUNDED else 0

    @property
    def sent(self) -> bool:
        return self.fate is Fate.SENT or self.fate is Fate.REFUNDED

    @property
    def payment_id(self) -> UUID:
        return _beside(self.id, 1)

    @property
    def refund_id(self) -> UUID:
        return _beside(self.id, 2)

    @property
    def transfer_id(self) -> UUID:
        return _beside(self.id, 3)


def _beside(order_id: UUID, place: int) -> UUID:
    """Return the id of something of an order: drawn bits differ, the time is the same."""
    return UUID(int=order_id.int ^ place)


def tax_in(amount: int) -> int:
    """Return the tax in an amount."""
    return half_up(amount * SHARE, WHOLE + SHARE)


FREIGHT_TAX = tax_in(SHIPPING)


def sale(
    generator: ProductGenerator, number: int, wares: Sequence[Ware], newest: datetime, most: int
) -> Sale:
    """Draw an order of `most`: the first is the oldest, the last was placed at `newest`."""
    drawn = generator.bits("order", number)
    age = AGES * ((most - number) / most)
    id_ = generator.id("order", number)
    lines = [_line(id_, drawn, place, wares) for place in range(1 + (drawn >> 60) % 3)]
    return Sale(
        number=number,
        id=id_,
        placed_at=newest - age,
        buyer=person(drawn),
        fate=fate(drawn >> 30, age),
        provider=PROVIDERS[(drawn >> 40) % len(PROVIDERS)],
        lines=lines,
        tags=tags(drawn >> 50),
        subtotal=sum(line.subtotal for line in lines),
        discount=sum(line.discount for line in lines),
        total=sum(line.total for line in lines) + SHIPPING,
        tax=sum(line.tax for line in lines) + FREIGHT_TAX,
    )


def _line(order_id: UUID, drawn: int, place: int, wares: Sequence[Ware]) -> Line:
    """Draw a line: of every eighth order each has a tenth off."""
    ware = wares[(drawn >> place) % len(wares)]
    quantity = 1 + (drawn >> (10 + place)) % 2
    subtotal = ware.price * quantity
    discount = subtotal // 10 if (drawn >> 20) % 8 == 0 else 0
    total = subtotal - discount
    id_ = _beside(order_id, 4 + place)
    return Line(id_, ware, quantity, subtotal, discount, total, tax_in(total))


def booked(order: Sale) -> list[Booking]:
    """Return what the ledger says of an order."""
    amounts = [
        TaxedAmount(
            line_id=line.id,
            quantity=line.quantity,
            rate=PERCENT,
            amount=line.total,
            tax=line.tax,
            discount=half_up(line.discount * WHOLE, WHOLE + SHARE),
        )
        for line in order.lines
    ]
    freight = TaxedAmount(line_id=None, quantity=0, rate=PERCENT, amount=SHIPPING, tax=FREIGHT_TAX)
    amounts.append(freight)
    found = [bookings.sale(order.id, amounts, COUNTRY)]
    if order.fate is Fate.CANCELLED:
        found.append(bookings.cancellation(order.id, amounts, COUNTRY))
    if order.captured:
        taken = order.captured
        found.append(bookings.capture(order.payment_id, order.provider, taken, taken))
    if order.refunded:
        back = order.refunded
        found.append(bookings.refund(order.refund_id, amounts, COUNTRY))
        found.append(bookings.refund_paid(order.transfer_id, order.provider, back, 1))
    return found
