"""Stories of a shop: carts, orders and their money, in any order, held against a small model."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from httpx import Response
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)
from support.machine.drivers import Driver
from support.machine.goods import PRICES, STOCK, Cart, Tender
from support.machine.models import Model
from support.machine.orders import Line, Order, Payment

T = TypeVar("T")
UNITS = st.integers(1, 3)
GOODS = st.integers(0, len(PRICES) - 1)


class Machine(RuleBasedStateMachine):
    """One story, of goods of its own."""

    carts: Bundle[Cart] = Bundle("carts")
    waiting: Bundle[tuple[Cart, Response]] = Bundle("waiting")
    orders: Bundle[Order] = Bundle("orders")

    def __init__(self, driver: Driver, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self.driver, self._loop = driver, loop
        self.skus: list[str] = []
        self._well = False
        self.model = Model(list(map(str, range(len(PRICES)))))

    @property
    def orders_now(self) -> list[Order]:
        return list(self.model.orders.values())

    def act(self, doing: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result()

    @initialize(target=orders)
    def begin(self) -> Any:  # noqa: ANN401
        """Stock up, and sell something that is paid, something authorised, and something sent."""
        self.skus = self.act(self.driver.stocked(PRICES, STOCK))
        self.model = Model(self.skus)
        placed: list[Order] = []
        for later in (False, True, False):
            cart = self._cart(0, 2)
            if len(placed) == 2:
                self.pay_otherwise(cart)
            answer = self.act(self.driver.pay(cart.id, "ok", later=later))
            self.model.reserve(cart.lines)
            placed.append(self._placed(cart, answer.json(), "ok", later=later))
        self.fulfil(placed[-1], 0, 2)
        return multiple(*placed)

    def pay_otherwise(self, cart: Cart) -> None:
        """Let a part of a cart be paid by something else than a provider."""

    def end(self) -> None:
        """Do what each story ends with."""
        self.send_refunds()

    @rule(target=carts, goods=GOODS, units=UNITS)
    def open_cart(self, goods: int, units: int) -> Cart:
        return self._cart(goods, units)

    @rule(cart=carts, goods=GOODS, units=UNITS)
    def add(self, cart: Cart, goods: int, units: int) -> None:
        sku = self.skus[goods]
        answer = self.act(self.driver.add(cart.id, sku, units))
        if cart.state == "open":
            assert answer.status_code == 201
            cart.lines[sku] = cart.lines.get(sku, 0) + units
        else:
            assert answer.status_code == 409

    @rule(target=orders, cart=carts, later=st.booleans(), manual=st.booleans())
    def order(self, cart: Cart, later: bool, manual: bool) -> Any:  # noqa: ANN401, FBT001
        token = "manual" if manual else "ok"
        answer = self.act(self.driver.pay(cart.id, token, later=later))
        if cart.state == "ordered":
            assert answer.status_code == 200
        elif cart.state == "paying":
            assert answer.status_code in {202, 409}
        elif not self.model.suffices(cart):
            assert answer.status_code == 409
        else:
            assert answer.status_code == 201, answer.text
            self.model.reserve(cart.lines)
            return self._placed(cart, answer.json(), token, later=later)
        return multiple()

    @rule(cart=carts)
    def decline(self, cart: Cart) -> None:
        if cart.state == "open" and self.model.due(cart):
            answer = self.act(self.driver.pay(cart.id, "decline", later=False))
            assert answer.status_code == (402 if self.model.suffices(cart) else 409)

    @rule(target=waiting, cart=carts, token=st.sampled_from(["challenge", "ok_later"]))
    def begin_to_pay(self, cart: Cart, token: str) -> Any:  # noqa: ANN401
        if cart.state != "open" or not self.model.due(cart):
            return multiple()
        answer = self.act(self.driver.pay(cart.id, token, later=False))
        if not self.model.suffices(cart):
            assert answer.status_code == 409
            return multiple()
        assert answer.status_code == 202, answer.text
        self.model.reserve(cart.lines)
        cart.state, cart.tenders = "paying", self.model.tenders(cart)
        for tender in cart.tenders:
            tender.card.held += tender.amount
        return cart, answer

    @rule(target=orders, attempt=consumes(waiting), yes=st.booleans())
    def end_payment(self, attempt: tuple[Cart, Response], yes: bool) -> Any:  # noqa: ANN401, FBT001
        cart, checkout = attempt
        challenged = "next_action" in checkout.json()["payment"]
        if challenged:
            self.act(self.driver.answer(checkout, "succeed" if yes else "fail"))
        payment = self.act(self.driver.look(cart.id))
        if yes or not challenged:
            return self._placed(cart, payment["order"], "ok", later=False)
        self.model.reserve(cart.lines, -1)
        for tender in cart.tenders:
            tender.card.held -= tender.amount
        cart.state, cart.tenders = "open", []
        return multiple()

    @rule(order=orders, part=st.none() | st.integers(1, 900), by_hand=st.booleans())
    def capture(self, order: Order, part: int | None, by_hand: bool) -> None:  # noqa: FBT001
        draft: dict[str, Any] = {} if part is None else {"amount": part}
        draft |= {"provider": "manual"} if by_hand else {}
        answer = self.act(self.driver.decide(order.id, "capture", **draft))
        unsaid = not (by_hand or order.held) and order.asked
        if not order.payable or (by_hand and order.held) or unsaid or (part or 0) > order.owed:
            assert answer.status_code == 409, answer.text
            return
        assert answer.status_code == 200, answer.text
        order.payments.append(Payment(part or order.owed, by_hand=not order.held))
        order.held = 0

    @rule(order=orders, amount=st.integers(1, 2_000))
    def refund_amount(self, order: Order, amount: int) -> None:
        before = order.refundable
        answer = self.act(self.driver.refund(order.id, amount=amount))
        if amount > before or order.comes:
            assert answer.status_code == 409
            return
        assert answer.status_code == 201, answer.text
        assert answer.json()["amount"] == amount
        order.give_back(amount)
        order.by_units = False

    @rule(order=orders, goods=GOODS, units=UNITS, restock=st.booleans())
    def refund_units(self, order: Order, goods: int, units: int, restock: bool) -> None:  # noqa: FBT001
        sku = self.skus[goods]
        line = order.lines.get(sku)
        if line is None or order.owed > 0:
            return
        draft = {"lines": [{"line": line.id, "quantity": units}], "restock": restock}
        answer = self.act(self.driver.refund(order.id, **draft))
        fits = line.refunded + units <= line.quantity
        may = fits and (not restock or self.model.may_restock(order, sku, units))
        worth = units * line.price
        over = order.by_units and worth > order.refundable
        if order.status == "cancelled" or not may or over or order.comes:
            assert answer.status_code == 409, answer.text
        elif order.by_units or answer.status_code == 201:
            assert answer.status_code == 201, answer.text
            amount = answer.json()["amount"]
            assert amount == worth if order.by_units else amount <= min(worth, order.refundable)
            order.give_back(amount)
            line.refunded += units
            if restock:
                self.model.restock(order, sku, units)

    @precondition(lambda self: any(it.to_send for it in self.orders_now))
    @rule()
    def send_refunds(self) -> None:
        self.act(self.driver.send_refunds())
        for order in self.orders_now:
            order.send_refunds()

    @rule(order=orders, goods=GOODS, units=UNITS)
    def fulfil(self, order: Order, goods: int, units: int) -> None:
        sku = self.skus[goods]
        line = order.lines.get(sku)
        if line is None:
            return
        answer = self.act(self.driver.fulfil(order.id, line.id, units))
        if order.status == "open" and units <= line.unsent:
            assert answer.status_code == 201, answer.text
            self.model.fulfil(order, sku, units)
        else:
            assert answer.status_code in {409, 422}

    @rule(order=orders)
    def cancel(self, order: Order) -> None:
        may = order.status == "open" and order.fulfilment_status == "unfulfilled"
        answer = self.act(self.driver.decide(order.id, "cancel"))
        if may:
            assert answer.status_code == 200, answer.text
            self.model.cancel(order)
        else:
            assert answer.status_code == 409

    @invariant()
    def all_is_as_the_model_says(self) -> None:
        if not self.skus:
            return
        self._well = False
        stock, orders, provider, cards, returns = self.act(self._seen())
        mine, orders_now = self.model, self.orders_now
        paid = [payment for it in orders_now for payment in (*it.by_provider, *it.late)]
        assert cards == {it.id: (it.balance, it.held) for it in mine.cards.values()}
        assert returns == {it.id: it.status for order in self.orders_now for it in order.returns}
        assert stock == {it.sku: (it.on_hand, it.reserved) for it in mine.goods.values()}
        assert orders == {
            it.id: {
                "status": it.status,
                "payment_status": it.payment_status,
                "fulfilment_status": it.fulfilment_status,
                "total": it.total,
                "captured": it.captured,
                "refunded": it.refunded,
                "balances": it.balances,
            }
            for it in mine.orders.values()
        }
        assert provider == (
            sum(it.held for it in orders_now),
            sum(it.captured for it in paid),
            sum(it.done for it in paid),
        )
        self._well = True

    def teardown(self) -> None:
        if not self._well:
            return
        self.end()
        self.all_is_as_the_model_says()
        self.act(self.driver.expect_balanced_books())

    async def _seen(self) -> tuple[Any, ...]:
        driver, returns = self.driver, [it.id for order in self.orders_now for it in order.returns]
        return (
            await driver.stock(self.skus),
            await driver.orders(self.skus),
            await driver.provider(self.skus),
            await driver.cards(list(self.model.cards)),
            await driver.returns(returns),
        )

    @staticmethod
    def _spend(order: Order, tenders: list[Tender], *, held: bool) -> None:
        for tender in tenders:
            tender.card.balance -= tender.amount
            tender.card.held -= tender.amount if held else 0
            order.payments.append(Payment(tender.amount, tender.card))

    def _cart(self, goods: int, units: int) -> Cart:
        lines = {self.skus[goods]: units}
        return Cart(self.act(self.driver.open_cart(lines)), lines)

    def _placed(self, cart: Cart, shown: dict[str, Any], token: str, *, later: bool) -> Order:
        cart.state = "ordered"
        tenders = cart.tenders or self.model.tenders(cart)
        order = self.note_order(shown)
        self._spend(order, tenders, held=bool(cart.tenders))
        due = order.owed
        if token != "manual" and due and later:
            order.held = due
        elif token != "manual" and due:
            order.payments.append(Payment(due))
        assert {sku: it.quantity for sku, it in order.lines.items()} == cart.lines
        return order

    def note_order(self, shown: dict[str, Any]) -> Order:
        """Let the model know an order as the shop shows it, unpaid, at the prices of its lines."""
        lines = {
            it["sku"]: Line(it["id"], it["quantity"], it["unit_price"]) for it in shown["lines"]
        }
        order = Order(shown["id"], 0, lines, token=shown.get("access_token"))
        order.total = order.worth
        self.model.orders[order.id] = order
        return order
