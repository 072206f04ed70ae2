"""Buyers, staff, the payment provider and the clock act in any order; a small model says what then.

The suite tries a few such stories, `make fuzz` many. The model is `support/machine/models.py`.
"""

import asyncio
import os
from collections.abc import Coroutine
from contextvars import copy_context
from typing import Any, TypeVar

from httpx import AsyncClient, Response
from hypothesis import HealthCheck, Phase, settings
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
    run_state_machine_as_test,
)
from support.machine.drivers import Driver
from support.machine.models import PRICES, STOCK, Cart, Line, Model, Order

from trastienda.application import Application

T = TypeVar("T")
FUZZ = bool(os.environ.get("FUZZ"))
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
        self.model = Model(list(map(str, range(len(PRICES)))))

    @property
    def orders_now(self) -> list[Order]:
        return list(self.model.orders.values())

    def act(self, doing: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result()

    @initialize(target=orders)
    def begin(self) -> Any:  # noqa: ANN401
        """Stock up, and sell something that is paid and something that is authorised."""
        self.skus = self.act(self.driver.stocked(PRICES, STOCK))
        self.model = Model(self.skus)
        placed = []
        for later in (False, True):
            cart = self._cart(0, 2)
            answer = self.act(self.driver.pay(cart.id, "ok", later=later))
            self.model.reserve(cart.lines)
            placed.append(self._placed(cart, answer.json(), "ok", later=later))
        return multiple(*placed)

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
        if cart.state == "open":
            answer = self.act(self.driver.pay(cart.id, "decline", later=False))
            assert answer.status_code == (402 if self.model.suffices(cart) else 409)

    @rule(target=waiting, cart=carts, token=st.sampled_from(["challenge", "ok_later"]))
    def begin_to_pay(self, cart: Cart, token: str) -> Any:  # noqa: ANN401
        if cart.state != "open":
            return multiple()
        answer = self.act(self.driver.pay(cart.id, token, later=False))
        if not self.model.suffices(cart):
            assert answer.status_code == 409
            return multiple()
        assert answer.status_code == 202, answer.text
        self.model.reserve(cart.lines)
        cart.state = "paying"
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
        cart.state = "open"
        return multiple()

    @rule(order=orders, part=st.none() | st.integers(1, 900))
    def capture(self, order: Order, part: int | None) -> None:
        if order.payment_status == "partially_paid":
            return  # then it notes money that came by hand, which the model does not know
        draft = {} if part is None else {"amount": part}
        answer = self.act(self.driver.decide(order.id, "capture", **draft))
        if order.status == "cancelled" or order.payment_status not in {"pending", "authorised"}:
            assert answer.status_code == 409
            return
        assert answer.status_code == 200, answer.text
        order.captured, order.held = part or order.total, 0

    @rule(order=orders, amount=st.integers(1, 2_000))
    def refund_amount(self, order: Order, amount: int) -> None:
        before = order.refundable
        answer = self.act(self.driver.refund(order.id, amount=amount))
        if amount > before:
            assert answer.status_code == 409
            return
        assert answer.status_code == 201, answer.text
        assert answer.json()["amount"] == amount
        order.refunded += amount
        order.by_units = False

    @rule(order=orders, goods=GOODS, units=UNITS, restock=st.booleans())
    def refund_units(self, order: Order, goods: int, units: int, restock: bool) -> None:  # noqa: FBT001
        sku = self.skus[goods]
        line = order.lines.get(sku)
        if line is None or order.captured < order.total:
            return
        draft = {"lines": [{"line": line.id, "quantity": units}], "restock": restock}
        answer = self.act(self.driver.refund(order.id, **draft))
        fits = line.refunded + units <= line.quantity
        may = fits and (not restock or self.model.may_restock(order, sku, units))
        worth = units * self.model.goods[sku].price
        if order.status == "cancelled" or not may or (order.by_units and worth > order.refundable):
            assert answer.status_code == 409, answer.text
        elif order.by_units or answer.status_code == 201:
            assert answer.status_code == 201, answer.text
            amount = answer.json()["amount"]
            assert amount == worth if order.by_units else amount <= min(worth, order.refundable)
            order.refunded += amount
            line.refunded += units
            if restock:
                self.model.restock(order, sku, units)

    @precondition(lambda self: any(it.card and it.done < it.refunded for it in self.orders_now))
    @rule()
    def send_refunds(self) -> None:
        self.act(self.driver.send_refunds())
        for order in self.orders_now:
            if order.card:
                order.done = order.refunded

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
        stock, orders, provider = self.act(self._seen())
        mine, cards = self.model, [it for it in self.orders_now if it.card]
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
            sum(it.held for it in cards),
            sum(it.captured for it in cards),
            sum(it.done for it in cards),
        )

    def teardown(self) -> None:
        self.act(self.driver.expect_balanced_books())

    async def _seen(self) -> tuple[Any, Any, Any]:
        driver = self.driver
        found = await driver.stock(self.skus), await driver.orders(self.skus)
        return *found, await driver.provider(self.skus)

    def _cart(self, goods: int, units: int) -> Cart:
        lines = {self.skus[goods]: units}
        return Cart(self.act(self.driver.open_cart(lines)), lines)

    def _placed(self, cart: Cart, shown: dict[str, Any], token: str, *, later: bool) -> Order:
        cart.state = "ordered"
        total = self.model.total(cart.lines)
        card = token != "manual"
        order = Order(
            id=shown["id"],
            total=total,
            lines={it["sku"]: Line(it["id"], it["quantity"]) for it in shown["lines"]},
            held=total if card and later else 0,
            captured=total if card and not later else 0,
            card=card,
        )
        assert {sku: it.quantity for sku, it in order.lines.items()} == cart.lines
        self.model.orders[order.id] = order
        return order


async def test_a_shop_does_what_a_small_model_says_whatever_happens(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    loop, driver, here = asyncio.get_running_loop(), Driver(shop, staff, buyer), copy_context()
    often = settings(
        max_examples=100 if FUZZ else 4,
        stateful_step_count=50 if FUZZ else 30,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=list(Phase) if FUZZ else [Phase.generate],
    )

    class Here(Machine):
        def __init__(self) -> None:
            super().__init__(driver, loop)

    def tell() -> None:
        run_state_machine_as_test(Here, settings=often)

    await asyncio.to_thread(here.run, tell)
