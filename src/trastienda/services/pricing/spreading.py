"""Spreading one discount over lines in proportion to their remaining amounts."""

from collections.abc import Sequence

from trastienda.services.pricing.basket import Basket
from trastienda.services.pricing.rounding import shared_out


def spread(basket: Basket, indexes: Sequence[int], amount: int) -> dict[int, int]:
    """Return each line's share of an amount, by its index.

    A line's floor limits its share, not its weight. What exceeds the floor of one line is spread
    over the others in proportion to their new remaining amounts; what exceeds all is dropped.
    """
    shares = dict.fromkeys(indexes, 0)
    sharing: Sequence[int] = indexes
    while amount and sharing:
        weights = [basket.left[index] - shares[index] for index in sharing]
        whole = sum(weights)
        if not whole:
            break
        allocated = shared_out([amount * weight for weight in weights], whole, amount)
        floors = [basket.floors[index] for index in sharing]
        room = [max(0, weight - floor) for weight, floor in zip(weights, floors, strict=True)]
        limited = list(map(min, allocated, room))
        for index, share in zip(sharing, limited, strict=True):
            shares[index] += share
        amount -= sum(limited)
        results = zip(sharing, room, limited, strict=True)
        sharing = [index for index, most, share in results if share < most] if amount else ()
    return {index: share for index, share in shares.items() if share}
