"""What comes back in the stories of a shop."""

from typing import Any, cast

from httpx import Response
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, multiple, precondition, rule
from support.machine.goods import SHIPPING
from support.machine.machines import GOODS, UNITS, Machine
from support.machine.orders import Order, Payment, Return

Case = tuple[Order, Return]
PLACES = st.integers(0, 9)


class Returning(Machine):
    """Returns that are asked for, approved or refused, received in parts, and settled."""

    cases: Bundle[Case] = Bundle("cases")

    @property
    def returnable(self) -> list[tuple[Order, int]]:
        """Lines of which something can come back: their orders, and which goods they are of."""
        return [
            (order, goods)
            for order in self.orders_now
            for goods, sku in enumerate(self.skus)
            if sku in order.lines and order.lines[sku].returnable
        ]

    @property
    def arrived(self) -> list[Case]:
        """Returns that can be settled."""
        return [
            (order, of)
            for order in self.orders_now
            for of in order.returns
            if of.status in {"part_received", "received"}
        ]

    def end(self) -> None:
        while self.returnable:
            self.bring_back(0, restock=True)
        for case in self.arrived:
            self.close(case)
        super().end()

    @rule(target=cases, order=Machine.orders, goods=GOODS, units=UNITS)
    def ask_return(self, order: Order, goods: int, units: int) -> Any:  # noqa: ANN401
        sku = self.skus[goods]
        line = order.lines.get(sku)
        if line is None:
            return multiple()
        asked = self.driver.ask_return((order.id, order.token), line.id, units)
        answer = self.act(asked)
        if units > line.returnable:
            assert answer.status_code == 409, answer.text
            return multiple()
        assert answer.status_code == 201, answer.text
        status = "approved" if order.token is None else "asked"
        made = Return(answer.json()["id"], line, sku, units, status)
        line.kept += units
        line.awaited += units
        order.returns.append(made)
        return order, made

    @precondition(lambda self: self.returnable)
    @rule(target=cases, which=PLACES, restock=st.booleans())
    def bring_back(self, which: int, restock: bool) -> Case:  # noqa: FBT001
        """Let all that can come back of a line come back at once."""
        order, goods = self.returnable[which % len(self.returnable)]
        units = order.lines[self.skus[goods]].returnable
        case = cast("Case", self.ask_return(order, goods, units))
        if case[1].status == "asked":
            self.decide_return(case, 1)
        self.receive(case, units, restock)
        return case

    @rule(case=cases, yes=st.integers(0, 3))
    def decide_return(self, case: Case, yes: int) -> None:
        _, of = case
        draft = {} if yes else {"reason": "Worn"}
        answer = self.act(self.driver.go_on(of.id, "approve" if yes else "refuse", **draft))
        if of.status != "asked":
            assert answer.status_code == 409
            return
        assert answer.status_code == 200, answer.text
        if yes:
            of.status = "approved"
        else:
            of.end("refused")

    @rule(case=cases, units=UNITS, restock=st.booleans())
    def receive(self, case: Case, units: int, restock: bool) -> None:  # noqa: FBT001
        _, of = case
        disposition = "restock" if restock else "write_off"
        lines = [{"line_id": of.line.id, "quantity": units, "disposition": disposition}]
        answer = self.act(self.driver.go_on(of.id, "receipts", lines=lines))
        fits = units <= of.quantity - of.received
        there = units <= of.line.fulfilled - of.line.returned
        if of.status not in {"approved", "part_received"} or not fits or not there:
            assert answer.status_code == 409, answer.text
            return
        assert answer.status_code == 201, answer.text
        of.received += units
        of.line.awaited -= units
        of.line.returned += units
        of.status = "received" if of.received == of.quantity else "part_received"
        if restock:
            self.model.goods[of.sku].on_hand += units

    @precondition(lambda self: self.arrived)
    @rule(which=PLACES)
    def settle(self, which: int) -> None:
        self.close(self.arrived[which % len(self.arrived)])

    @rule(case=cases)
    def close(self, case: Case) -> None:
        order, of = case
        answer = self.act(self.driver.go_on(of.id, "close"))
        if of.status not in {"part_received", "received"}:
            assert answer.status_code == 409
        elif not order.comes or answer.status_code != 409:  # what is worth nothing may be closed
            assert answer.status_code == 200, answer.text
            self._closed(order, of, answer)

    @precondition(lambda self: self.arrived)
    @rule(target=Machine.orders, which=PLACES, goods=GOODS, units=UNITS)
    def exchange(self, which: int, goods: int, units: int) -> Any:  # noqa: ANN401
        """Settle a return by an order of something else."""
        order, of = self.arrived[which % len(self.arrived)]
        sku = self.skus[goods]
        lines = [{"sku": sku, "quantity": units}]
        answer = self.act(self.driver.go_on(of.id, "close", exchange=lines))
        if self.model.goods[sku].available < units:
            assert answer.status_code == 409, answer.text
            return multiple()
        if order.comes and answer.status_code == 409:
            return multiple()
        assert answer.status_code == 200, answer.text
        total = SHIPPING + units * self.model.goods[sku].price
        paid = self._closed(order, of, answer, most=total)
        self.model.goods[sku].reserved += units
        fresh = self.note_order(self.act(self.driver.order(answer.json()["exchange_order"]["id"])))
        assert fresh.total == total
        if paid:
            fresh.payments.append(Payment(paid, by_hand=True))
        return fresh

    def _closed(self, order: Order, of: Return, answer: Response, most: int = 0) -> int:
        """Note what a return has paid back; at most so much of it pays an exchange. Return that."""
        of.end("closed")
        line, units = of.line, min(of.received, of.line.quantity - of.line.refunded)
        rest = {sku: it.quantity - it.refunded for sku, it in order.lines.items()}
        rest[of.sku] -= of.received
        freight = 0 if any(it > 0 for it in rest.values()) else order.shipping
        worth = units * line.price + freight
        amount = answer.json()["refunded"] or 0
        if order.by_units:
            assert amount == min(worth, order.refundable)
        assert amount <= min(worth, order.refundable)
        exchanged = min(amount, most)
        if amount:
            order.give_back(amount, exchanged)
            line.refunded += units
            order.shipping -= freight
            order.by_units = order.by_units and amount == worth
        return exchanged
