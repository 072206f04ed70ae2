"""What the shop asks of a payment provider."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, runtime_checkable
from uuid import UUID

from trastienda.database.models.payments.dispute import DisputeState
from trastienda.database.models.payments.payment import PaymentState
from trastienda.database.models.payments.refund import TransferState
from trastienda.errors import Conflict, Forbidden, Invalid, Unavailable


class LostRefund(NamedTuple):
    """What is known of a refund that was asked for before, and not answered."""

    since: datetime
    """When it was granted."""
    known: frozenset[str]
    """The provider's ids of the other refunds of the payment: it is none of these."""
    unanswered: int
    """How many refunds of this amount wait for an answer, this one included."""


class Charge(NamedTuple):
    """A payment, as its provider needs to know it."""

    payment_id: UUID
    """The provider keeps it with the payment, so that each side finds the other's record."""
    amount: int
    """In minor units of the currency."""
    currency: str
    token: str | None = None
    """What the provider's widget gave the buyer's browser; None: the buyer pays elsewhere."""
    capture: bool = True
    """Take the money at once; otherwise it is only authorised."""
    reference: str | None = None
    """The provider's own id, once it is known."""
    return_url: str | None = None
    """Where the provider sends the buyer after a second step."""
    email: str | None = None
    """The buyer's, where the payment has one."""
    locale: str | None = None
    """The language of the order, for a page of the provider's own."""
    shop: str = ""
    """The shop's name, for the same."""
    wanted: bool = True
    """Whether the shop still waits for it: if not, no provider takes money for it any more."""
    lost_refund: LostRefund | None = None
    """The refund that is asked for, if that may have been paid already."""

    def key(self, operation: str, attempt: int = 1) -> str:
        """Return the idempotency key of an operation: the same for the same decision."""
        return f"{self.payment_id}:{operation}:{attempt}"


class PaidAgain(NamedTuple):
    """Money that a buyer paid a second time for the same, and that was given back."""

    reference: str
    """The provider's own, of this second payment."""
    amount: int
    """In minor units of the payment's currency."""


class Standing(NamedTuple):
    """What a provider says of a payment."""

    state: PaymentState
    reference: str | None = None
    captured: int = 0
    """What was taken in all, in minor units."""
    reason: str | None = None
    """Why it was refused, in the provider's own word."""
    next_action: Mapping[str, Any] | None = None
    """What the buyer has to do: `{"type": "redirect", "url": …}`, or the provider's own."""
    capture_before: datetime | None = None
    """When what is held is let go, unless it is captured before."""
    amount: int | None = None
    """What the provider was asked for, if it says so: compared with what we asked for."""
    currency: str | None = None
    page: str | None = None
    """The provider's id of its page on which the buyer pays, where that is not the payment's.

    It is the `reference` until there is a payment, whose own id then takes its place.
    """
    paid_again: tuple[PaidAgain, ...] = ()
    """All that was, each time: it is booked once."""


class RefundStanding(NamedTuple):
    """What a provider says of a refund."""

    state: TransferState
    reference: str | None = None
    reason: str | None = None


class DisputeStanding(NamedTuple):
    """What a provider says of a dispute."""

    reference: str
    state: DisputeState
    amount: int
    """In the shop's minor units."""
    withdrawn: int
    """What it has taken back of the payment until now, in the same."""
    reason: str
    respond_by: datetime | None = None


class Notice(NamedTuple):
    """A verified webhook: a hint that something has changed, never what it has changed to."""

    event_id: str
    """The provider's own id: the same for the same event."""
    kind: str
    reference: str | None
    """The provider's id of the payment that it is about; None: it is about none."""
    refund: str | None = None
    """The provider's id of a refund of that payment, if it is about one: that is read back too."""
    dispute: str | None = None
    """The same of a dispute."""


class Account(NamedTuple):
    """What a client of a provider is opened with: a row of `payment_providers`."""

    name: str
    """What the shop calls it."""
    credentials: Mapping[str, str]
    options: Mapping[str, str]
    live: bool
    """Whether real money moves."""
    address: str | None = None
    """Where the provider is asked instead of its usual address, while somebody develops."""


class Webhook(NamedTuple):
    """A webhook as it came."""

    headers: Mapping[str, str]
    """By their names in lower case."""
    body: bytes
    query: Mapping[str, str] = MappingProxyType({})


class Provider(Protocol):
    """A service that takes money. Every method but `check` may raise Unavailable: not known.

    Only a provider's own refusal is a no. The same key again does nothing more, and answers the
    same.
    """

    def check(self, token: str | None, return_url: str | None) -> None:
        """Raise TokenUnusable for a token that cannot have come from this provider.

        Raise ReturnUrlMissing where the buyer pays on a page that has to lead back.
        """

    async def authorise(self, charge: Charge) -> Standing:
        """Take the money, or have it held if `charge.capture` is false."""

    async def capture(self, charge: Charge, amount: int, key: str) -> Standing:
        """Take `amount` minor units of what is held; the rest is let go."""

    async def void(self, charge: Charge, key: str) -> Standing:
        """Let go of what is held, or end what is under way; the answer says what came of it."""

    async def refund(self, charge: Charge, amount: int, key: str) -> RefundStanding:
        """Give `amount` minor units back.

        A provider whose keys do not last looks for `charge.lost_refund` first.
        """

    async def read(self, charge: Charge) -> Standing | None:
        """Say how a payment stands; None: the provider has never heard of it.

        Where the money is only taken by a last call, after the buyer's yes, this makes that call,
        under the same key each time, if `charge.wanted`.
        """

    async def read_refund(self, charge: Charge, reference: str) -> RefundStanding:
        """Say how a refund stands."""

    async def notice(self, webhook: Webhook, now: datetime) -> Notice:
        """Verify a webhook. Raise WebhookUnverified, or Unavailable: it cannot be verified now."""


class AccountProvider(Provider, Protocol):
    """A provider whose accounts are rows: a class that is opened with an `Account`."""

    def accepts(self, amount: int, currency: str) -> bool:
        """Say whether it can take an amount, in the shop's minor units, in a currency at all."""

    def least(self, currency: str) -> int:
        """Return the least amount that it takes in a currency, in the shop's minor units."""

    def for_browser(self) -> Mapping[str, str]:
        """Return what its widget in the buyer's browser needs, such as a publishable key."""

    async def verify(self) -> None:
        """Ask whether the credentials work. Raise CredentialsRefused, or Unavailable."""

    async def close(self) -> None:
        """Close its connections; no call is running, and none follows."""


@runtime_checkable
class Disputing(Protocol):
    """A provider that tells of disputes; not all do."""

    async def read_dispute(self, charge: Charge, reference: str) -> DisputeStanding:
        """Say how a dispute of a payment stands. Raise Unavailable: not known."""


@runtime_checkable
class Tracing(Protocol):
    """A provider whose webhooks may name a payment by an id that the shop does not know yet."""

    async def trace(self, reference: str) -> UUID | None:
        """Return the shop's id of a payment; None: it is none of the shop's. Raise Unavailable."""


class ReturnUrlMissing(Invalid):
    """The buyer pays on a page of the provider, which needs to know where to send them back."""


class TokenUnusable(Invalid):
    """This payment token cannot be used."""


class CredentialsRefused(Conflict):
    """The payment provider refuses these credentials."""


class WebhookUncheckable(Unavailable):
    """Whether this is from the payment provider cannot be checked now; please send it again."""


class WebhookUnverified(Forbidden):
    """This is not from the payment provider, or too old."""
