"""The remaining amounts of lines and shipping while promotions are applied one after another."""

from collections.abc import Sequence

from trastienda.schemas.pricing.pricing import LineToPrice, Taken


class Basket:
    """Lines are known by their index. Amounts only decrease, and never below a line's floor."""

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
        """Units of each line that belong to a set of `buy_x_get_y` already."""
        self.given = [0] * len(lines)
        """The discounts of `buy_x_get_y` on each line."""

    def indexes(self, refs: frozenset[str]) -> Sequence[int]:
        """Return the indexes of the goods with these refs, in order; of all goods without refs."""
        return [
            index
            for index, line in enumerate(self.lines)
            if not line.voucher and (not refs or line.ref in refs)
        ]

    def reducible(self, index: int, amount: int) -> int:
        """Return how much of `amount` can be taken off a line without going below its floor."""
        return max(0, min(amount, self.left[index] - self.floors[index]))

    def apply(self, discount: Taken) -> None:
        """Take a promotion's discount off the lines and shipping."""
        for index, share in discount.shares.items():
            self.left[index] -= share
        self.shipping -= discount.shipping
