"""What can go wrong, in the shop's own words. HTTP is not mentioned here.

A concrete error subclasses one of the kinds and stands in the file of the rule it breaks. Its
docstring is the title a client reads; its Spanish stands in `locale/`.
"""

from typing import Self
from uuid import UUID


class ShopError(Exception):
    """Never raised itself: subclass one of the kinds below, beside the rule it breaks."""

    def __init__(self, **facts: object) -> None:
        super().__init__(type(self).__name__, facts)
        self.facts = facts
        self.account: UUID | None = None

    def about(self, account: UUID | None) -> Self:
        """Name the account that it concerns, for the log of security events alone."""
        self.account = account
        return self


class Malformed(ShopError):
    """The request cannot be understood."""


class Unauthenticated(ShopError):
    """Say who you are first."""


class PaymentRefused(ShopError):
    """The payment was refused."""


class Forbidden(ShopError):
    """You are known, and may not do this."""


class NotFound(ShopError):
    """There is no such thing, or it is not yours to see."""


class Conflict(ShopError):
    """The request was fine; the state of the shop does not allow it."""


class Stale(ShopError):
    """Somebody else changed this since you read it."""


class Invalid(ShopError):
    """The value has the right shape, and still cannot be accepted."""


class TooMany(ShopError):
    """Too many requests; wait a little."""


class Unavailable(ShopError):
    """Something we depend on did not answer. Trying again may work."""
