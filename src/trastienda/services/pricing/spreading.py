"""One amount, spread over lines in proportion to what is left of each."""

from collections.abc import Sequence

from trastienda.services.pricing.basket import Basket
from trastienda.services.pricing.rounding import shared_out


def spread(basket: Basket, places: Sequence[int], amount: int) -> dict[int, int]:
    """Return each line's share, by its place. A line's floor limits its share, not its weight.

    What a line cannot bear goes round again over those that still can, by what is left of them
    then; what nobody can bear is not taken.
    """
    shares = dict.fromkeys(places, 0)
    sharing: Sequence[int] = places
    while amount and sharing:
        weights = [basket.left[place] - shares[place] for place in sharing]
        whole = sum(weights)
        if not whole:
            break
        wanted = shared_out([amount * weight for weight in weights], whole, amount)
        floors = [basket.floors[place] for place in sharing]
        room = [max(0, weight - floor) for weight, floor in zip(weights, floors, strict=True)]
        borne = list(map(min, wanted, room))
        for place, share in zip(sharing, borne, strict=True):
            shares[place] += share
        amount -= sum(borne)
        able = zip(sharing, room, borne, strict=True)
        sharing = [place for place, most, share in able if share < most] if amount else ()
    return {place: share for place, share in shares.items() if share}
