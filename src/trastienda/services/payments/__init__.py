"""Payment providers: who takes the money, behind one port."""

from trastienda.database.models.credit.account import CreditKind
from trastienda.database.models.payments.payment import EXCHANGE
from trastienda.errors import Invalid
from trastienda.services.payments.by_hand import ByHand
from trastienda.services.payments.port import Charge, Provider, Standing
from trastienda.services.payments.providers.registry import Providers

MANUAL = "manual"
PAY_LATER = frozenset({MANUAL})
"""Bank transfer, cash on delivery: the order is placed now, the money comes later."""

__all__ = [
    "EXCHANGE",
    "MANUAL",
    "PAY_LATER",
    "Charge",
    "Provider",
    "Providers",
    "Standing",
    "named",
    "of_payment",
]

BY_HAND = ByHand()


def named(providers: Providers, name: str) -> Provider:
    """Return the provider of that name. Raise ProviderUnknown."""
    try:
        return providers[name]
    except KeyError:
        raise ProviderUnknown(known=sorted(PAY_LATER | providers.taking())) from None


def of_payment(providers: Providers, name: str) -> Provider:
    """Return the provider of a payment that was made, by hand too. Raise ProviderUnknown.

    Nobody outside is asked for gift cards and store credit: they are the shop's own.
    """
    return BY_HAND if name in PAY_LATER | set(CreditKind) else named(providers, name)


class ProviderUnknown(Invalid):
    """The shop has no such payment provider."""
