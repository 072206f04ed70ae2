"""What comes back in the stories of a shop."""

from typing import Any

from httpx import Response
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, multiple, rule
from support.machine.machines import GOODS, UNITS, Machine
from support.machine.models import Order, Return

Case = tuple[Order, Return]


class Returning(Machine):
    """Returns that are asked for, approved or refused, received in parts, and settled."""

    cases: Bundle[Case] = Bundle("cases")

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

    @rule(case=cases)
    def close(self, case: Case) -> None:
        order, of = case
        answer = self.act(self.driver.go_on(of.id, "close"))
        if of.status not in {"part_received", "received"}:
            assert answer.status_code == 409
        elif not order.comes or answer.status_code != 409:  # what is worth nothing may be closed
            assert answer.status_code == 200, answer.text
            self._closed(order, of, answer)

    def _closed(self, order: Order, of: Return, answer: Response) -> None:
        of.end("closed")
        line, units = of.line, min(of.received, of.line.quantity - of.line.refunded)
        rest = {sku: it.quantity - it.refunded for sku, it in order.lines.items()}
        rest[of.sku] -= of.received
        freight = 0 if any(it > 0 for it in rest.values()) else order.shipping
        worth = units * self.model.goods[of.sku].price + freight
        amount = answer.json()["refunded"] or 0
        if order.by_units:
            assert amount == min(worth, order.refundable)
        assert amount <= min(worth, order.refundable)
        if amount:
            order.give_back(amount)
            line.refunded += units
            order.shipping -= freight
            order.by_units = order.by_units and amount == worth
