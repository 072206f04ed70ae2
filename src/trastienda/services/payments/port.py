"""What the shop asks of a payment provider."""

from typing import NamedTuple, Protocol
from uuid import UUID


class Paid(NamedTuple):
    """The money is ours."""


class Refused(NamedTuple):
    """The provider said no, and why, in its own word."""

    reason: str


Outcome = Paid | Refused


class Provider(Protocol):
    """Somebody who takes money. Raise Unavailable when the answer is not known."""

    def check(self, token: str | None) -> None:
        """Raise TokenUnusable for a token that cannot have come from this provider."""

    async def pay(self, key: UUID, amount: int, currency: str, token: str | None) -> Outcome:
        """Take `amount` minor units. The same `key` again takes nothing and answers the same."""
