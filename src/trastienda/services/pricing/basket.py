"""What is left of lines and shipping while promotions act, one after the other."""

from collections.abc import Sequence

from trastienda.schemas.pricing import LineToPrice, Taken


class Basket:
    """Lines are named by their place. Amounts only ever fall, and never below a line's floor."""

    __slots__ = ("closed", "floors", "given", "left", "lines", "quantities", "shipping")

    def __init__(
        self, lines: Sequence[LineToPrice], subtotals: Sequence[int], shipping: int
    ) -> None:
        self.lines = lines
        self.shipping = shipping
        self.quantities = [line.quantity for line in lines]
        self.left = list(subtotals)
        self.floors = [line.floor_price * line.quantity for line in lines]
        self.closed = [0] * len(lines)
        """Units that belong to a set of `buy_x_get_y`."""
        self.given = [0] * len(lines)
        """What `buy_x_get_y` took."""

    def places(self, refs: frozenset[str]) -> Sequence[int]:
        """Return the lines that a promotion is about, in their order."""
        if not refs:
            return range(len(self.lines))
        return [place for place, line in enumerate(self.lines) if line.ref in refs]

    def borne(self, place: int, amount: int) -> int:
        """Say how much of `amount` a line can bear."""
        return max(0, min(amount, self.left[place] - self.floors[place]))

    def take(self, taken: Taken) -> None:
        for place, share in taken.shares.items():
            self.left[place] -= share
        self.shipping -= taken.shipping
