"""Orders that are paid after they were placed, in the stories of a shop."""

from typing import Any

from httpx import Response
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, consumes, precondition, rule
from support.machine.machines import Machine
from support.machine.orders import Order, Payment

PLACES = st.integers(0, 9)


class PayingLater(Machine):
    """What is left of orders is paid, held, declined, or comes when it is needed no more."""

    begun: Bundle[tuple[Order, Response]] = Bundle("begun")

    @property
    def owing(self) -> list[Order]:
        return [it for it in self.orders_now if it.payable and not it.held and not it.waiting]

    @precondition(lambda self: self.owing)
    @rule(which=PLACES, later=st.booleans(), yes=st.integers(0, 3))
    def pay_rest(self, which: int, later: bool, yes: int) -> None:  # noqa: FBT001
        order = self.owing[which % len(self.owing)]
        token = "ok" if yes else "decline"
        answer = self.act(self.driver.pay_order((order.id, order.token), token, later=later))
        assert answer.status_code == (200 if yes else 402), answer.text
        if yes and later:
            order.held = order.owed
        elif yes:
            order.payments.append(Payment(order.owed))

    @rule(order=Machine.orders)
    def pay_what_needs_nothing(self, order: Order) -> None:
        if order.token and not order.waiting and (order.held or not order.payable):
            answer = self.act(self.driver.pay_order((order.id, order.token), "ok", later=False))
            assert answer.status_code == 409

    @precondition(lambda self: self.owing)
    @rule(target=begun, which=PLACES)
    def begin_to_pay_rest(self, which: int) -> Any:  # noqa: ANN401
        order = self.owing[which % len(self.owing)]
        of = order.id, order.token
        answer = self.act(self.driver.pay_order(of, "challenge", later=False))
        assert answer.status_code == 202, answer.text
        order.waiting = order.owed
        return order, answer

    @rule(attempt=consumes(begun), yes=st.booleans())
    def end_payment_of_rest(self, attempt: tuple[Order, Response], yes: bool) -> None:  # noqa: FBT001
        order, asked = attempt
        self.act(self.driver.answer(asked, "succeed" if yes else "fail"))
        self.act(self.driver.look_at_order(order.id))
        amount, order.waiting = order.waiting, 0
        if yes:
            order.take(amount)
