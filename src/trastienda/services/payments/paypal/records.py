"""What PayPal writes, as far as the shop reads it."""

from datetime import datetime
from decimal import Decimal

import msgspec
from msgspec import field


class Money(msgspec.Struct):
    currency_code: str
    value: Decimal


class Details(msgspec.Struct):
    reason: str | None = None


class Link(msgspec.Struct):
    rel: str
    href: str


class Authorization(msgspec.Struct):
    """Money that is held. A reauthorisation is another one, with an id of its own."""

    id: str
    status: str
    create_time: datetime | None = None
    expiration_time: datetime | None = None
    status_details: Details = field(default_factory=Details)


class Capture(msgspec.Struct):
    id: str
    status: str
    amount: Money
    status_details: Details = field(default_factory=Details)


class Refund(msgspec.Struct):
    id: str
    status: str
    custom_id: str | None = None
    status_details: Details = field(default_factory=Details)


class Payments(msgspec.Struct):
    authorizations: list[Authorization] = []
    captures: list[Capture] = []
    refunds: list[Refund] = []


class Unit(msgspec.Struct):
    amount: Money
    custom_id: str | None = None
    payments: Payments = field(default_factory=Payments)


class Order(msgspec.Struct):
    """What PayPal calls an order: one payment of ours, with all that became of it."""

    id: str
    status: str
    purchase_units: list[Unit]
    intent: str = "CAPTURE"
    links: list[Link] = []

    @property
    def payments(self) -> Payments:
        return self.purchase_units[0].payments


class TakenUnit(msgspec.Struct):
    payments: Payments


class Taken(msgspec.Struct):
    """The answer to the last call: it has less than the order itself."""

    purchase_units: list[TakenUnit]


class Issue(msgspec.Struct):
    issue: str | None = None


class Problem(msgspec.Struct):
    """An error that PayPal itself has written: others have no `name`, or no `error`."""

    name: str | None = None
    error: str | None = None
    """The same, of an access token."""
    details: list[Issue] = []
    debug_id: str | None = None

    @property
    def word(self) -> str | None:
        """The most precise word for what is wrong."""
        issue = self.details[0].issue if self.details else None
        return issue or self.name or self.error


class AccessToken(msgspec.Struct):
    access_token: str
    expires_in: int


class RelatedIds(msgspec.Struct):
    order_id: str | None = None


class Supplement(msgspec.Struct):
    related_ids: RelatedIds = field(default_factory=RelatedIds)


class Resource(msgspec.Struct):
    """What an event is about."""

    id: str | None = None
    supplementary_data: Supplement = field(default_factory=Supplement)


class Event(msgspec.Struct):
    event_type: str
    resource_type: str = ""
    resource: Resource = field(default_factory=Resource)
