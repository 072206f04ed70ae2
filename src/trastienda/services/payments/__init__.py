"""Payment providers: who takes the money, behind one port."""

from collections.abc import Iterator
from contextlib import contextmanager

from trastienda.errors import Invalid
from trastienda.services.payments.port import Outcome, Paid, Provider, Refused
from trastienda.services.payments.simulated_cards import SimulatedCards

PAY_LATER = frozenset({"manual"})
"""Bank transfer, cash on delivery: the order is placed now, the money comes later."""

__all__ = ["PAY_LATER", "Outcome", "Paid", "Provider", "Refused", "named", "offered"]

_offered: list[dict[str, Provider]] = []


@contextmanager
def offered(*, in_production: bool) -> Iterator[None]:
    """Say which providers this shop has, until the block ends.

    The simulated one is for trying things out only.
    """
    providers: dict[str, Provider] = {} if in_production else {"test": SimulatedCards()}
    _offered.append(providers)
    try:
        yield
    finally:
        _offered.remove(providers)


def named(name: str) -> Provider:
    """Return the provider of that name. Raise ProviderUnknown."""
    providers = _offered[-1]
    try:
        return providers[name]
    except KeyError:
        raise ProviderUnknown(known=sorted(PAY_LATER | set(providers))) from None


class ProviderUnknown(Invalid):
    """The shop has no such payment provider."""
