"""Payment providers: who takes the money, behind one port."""

from trastienda.errors import Invalid
from trastienda.services.payments.port import Outcome, Paid, Provider, Refused
from trastienda.services.payments.simulated_cards import SimulatedCards

PAY_LATER = frozenset({"manual"})
"""Bank transfer, cash on delivery: the order is placed now, the money comes later."""

__all__ = ["PAY_LATER", "Outcome", "Paid", "Provider", "Refused", "named", "offer"]

_offered: dict[str, Provider] = {}


def offer(*, in_production: bool) -> None:
    """Say which providers this shop has; the simulated one is for trying things out only."""
    _offered.clear()
    if not in_production:
        _offered["test"] = SimulatedCards()


def named(name: str) -> Provider:
    """Return the provider of that name. Raise ProviderUnknown."""
    try:
        return _offered[name]
    except KeyError:
        raise ProviderUnknown(known=sorted(PAY_LATER | set(_offered))) from None


class ProviderUnknown(Invalid):
    """The shop has no such payment provider."""
