"""Orders that staff put together and change, in the stories of a shop."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import multiple, rule
from support.machine.machines import GOODS, UNITS, Machine
from support.machine.orders import Order, Payment

CENTS = 100
"""What rounding the taxes of refunds can come to, and more."""


class Editing(Machine):
    """Draft orders, which become orders, and edits of open orders."""

    @rule(
        target=Machine.orders,
        goods=GOODS,
        units=UNITS,
        price=st.none() | st.integers(1, 900),
        how=st.sampled_from(["by its buyer", "by staff", "paid"]),
    )
    def draft_order(self, goods: int, units: int, price: int | None, how: str) -> Any:  # noqa: ANN401
        sku = self.skus[goods]
        answer = self.act(self.driver.draft_order(sku, units, price, how))
        if self.model.goods[sku].available < units:
            assert answer.status_code == 409, answer.text
            return multiple()
        assert answer.status_code in {200, 201}, answer.text
        self.model.goods[sku].reserved += units
        order = self.note_order(answer.json())
        assert order.total == self.model.total({}) + units * (price or self.model.goods[sku].price)
        if how == "paid":
            order.payments.append(Payment(order.total, by_hand=True))
        return order

    def price_of(self, order: Order, sku: str) -> int:
        line = order.lines.get(sku)
        return line.price if line else self.model.goods[sku].price

    @rule(order=Machine.orders, goods=GOODS, units=st.integers(0, 4))
    def edit(self, order: Order, goods: int, units: int) -> None:
        sku = self.skus[goods]
        line = order.lines.get(sku)
        if line is None and not units:
            return
        left = order.left(line.quantity if line else 0, units, self.price_of(order, sku))
        answer = self.act(self.driver.edit(order.id, line.id if line else None, sku, units))
        if 0 < left < CENTS or (left == 0 and order.refunded > order.excess):
            may = answer.status_code == 200  # a cent of tax more was refunded than is left of it
        else:
            may = self.model.may_edit(order, sku, units)
        if not may:
            assert answer.status_code == 409, answer.text
            return
        assert answer.status_code == 200, answer.text
        before, told = order.total, answer.json()
        ids = {it["sku"]: it["id"] for it in told["after"]["lines"]}
        self.model.edit(order, sku, units, ids.get(sku, ""))
        assert told["difference"] == order.total - before
        assert told["owed"] == max(0, order.owed)
