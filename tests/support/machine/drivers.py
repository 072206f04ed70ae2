"""Doing things to the shop in process, and seeing what it holds then."""

from typing import Any, LiteralString
from uuid import uuid4

from httpx import AsyncClient, Response
from support.background import change
from support.orders.parcels import fulfil
from support.orders.returns import step
from support.payments.books import channel, rows, say, sweep
from support.payments.credit import CARDS, a_gift_card, add_card
from support.payments.gift_sales import a_cart_with, a_voucher_sku, cards_of, codes_of, issue_all
from support.people import an_address
from support.products import ADDRESS, a_cart, a_product, a_shipping_option, a_sku, check_out
from support.refunds import expect_balanced_books, order_now, refund, send_all

from trastienda.application import Application
from trastienda.controllers.payments import simulated
from trastienda.settings import Settings


class Driver:
    """Acts as buyers, staff, the payment provider and the clock."""

    def __init__(
        self, shop: Application, staff: AsyncClient, buyer: AsyncClient, settings: Settings
    ) -> None:
        self.shop, self.staff, self.buyer, self._settings = shop, staff, buyer, settings
        self._option, self._second = "", f"second-{uuid4().hex[:12]}"
        self._voucher = ""

    async def stocked(self, prices: tuple[int, ...], stock: tuple[int, ...]) -> list[str]:
        """Put goods on sale, in two locations; return their SKUs."""
        if not self._option:
            self._option = await a_shipping_option(490)
            place = {"code": self._second, "name": self._second}
            made = await self.staff.post("/v1/admin/locations", json=place)
            assert made.status_code == 201, made.text
        skus = [a_sku() for _ in prices]
        for sku, price, units in zip(skus, prices, stock, strict=True):
            variant = {"sku": sku, "prices": {"EUR": price}, "stock": units - 2}
            await a_product(self.staff, slug=sku.lower(), variants=[variant])
            moved = {"quantity": 2, "reason": "received", "location": self._second}
            answer = await self.staff.post(f"/v1/admin/stock/{sku}/movements", json=moved)
            assert answer.status_code == 201, answer.text
        return skus

    async def open_cart(self, lines: dict[str, int]) -> str:
        cart = await a_cart(self.buyer, **lines)
        contact = {
            "email": an_address(),
            "shipping_address": ADDRESS,
            "shipping_option": self._option,
        }
        await self.buyer.put(f"/v1/carts/{cart['id']}/contact", json=contact)
        return str(cart["id"])

    async def add(self, cart_id: str, sku: str, units: int) -> Response:
        line = {"sku": sku, "quantity": units}
        return await self.buyer.post(f"/v1/carts/{cart_id}/lines", json=line)

    async def pay(self, cart_id: str, token: str, *, later: bool) -> Response:
        """Check out; `later` captures by hand."""
        if token == "manual":
            return await check_out(self.buyer, cart_id)
        async with channel(self.staff, capture="manual" if later else "payment"):
            return await check_out(self.buyer, cart_id, "test", token=token)

    async def answer(self, checkout: Response, outcome: str) -> None:
        await say(self.buyer, checkout, outcome)

    async def look(self, cart_id: str) -> dict[str, Any]:
        """Let the shop compare the payment of a cart with what its provider says; return it."""
        await change("UPDATE test_payments SET act_at = now() WHERE act_at > now()")
        while await simulated.go_on():
            pass
        await change("UPDATE payment_attempts SET check_at = now() WHERE cart_id = %s", cart_id)
        await sweep(self.shop)
        answer = await self.buyer.get(f"/v1/carts/{cart_id}/payment")
        assert answer.status_code == 200, answer.text
        payment: dict[str, Any] = answer.json()
        return payment

    async def issue_card(self, amount: int) -> dict[str, Any]:
        return await a_gift_card(self.staff, amount)

    async def buy_card(self) -> tuple[dict[str, Any], str, str]:
        """Order a gift card of 10.00, and read its code; return the order, its id and the code."""
        self._voucher = self._voucher or await a_voucher_sku(self.staff, 1_000)
        cart = await a_cart_with(self.buyer, {self._voucher: 1}, ships=False)
        answer = await check_out(self.buyer, cart["id"], "test", token="ok")
        assert answer.status_code == 201, answer.text
        order: dict[str, Any] = answer.json()
        await issue_all()
        ((card, _, _),) = await cards_of(order)
        (code,) = await codes_of(order, self._settings)
        return order, card, code

    async def sales_of_cards(self, ids: list[str]) -> dict[str, tuple[str, int]]:
        """Return the states of payments, and what was promised back."""
        query: LiteralString = (
            "SELECT id::text, payment_status, refunded::int FROM orders WHERE id::text = ANY (%s)"
        )
        return {it["id"]: (it["payment_status"], it["refunded"]) for it in await rows(query, ids)}

    async def add_card(self, cart_id: str, code: str) -> Response:
        return await add_card(self.buyer, {"id": cart_id}, code)

    async def disable_card(self, card_id: str, *, disabled: bool) -> Response:
        return await self.staff.patch(f"{CARDS}/{card_id}", json={"disabled": disabled})

    async def cards(self, ids: list[str]) -> dict[str, tuple[int, int]]:
        """Return balances, and what is held of them."""
        query: LiteralString = (
            "SELECT id::text, balance::int, held::int FROM credit_accounts"
            " WHERE id::text = ANY (%s)"
        )
        return {it["id"]: (it["balance"], it["held"]) for it in await rows(query, ids)}

    async def ask_return(self, order: tuple[str, str | None], line_id: str, units: int) -> Response:
        """Ask for a return with the order's token; without one, staff make it."""
        order_id, token = order
        draft = {"lines": [{"line_id": line_id, "quantity": units}], "reason": "does_not_fit"}
        if token is None:
            return await self.staff.post(f"/v1/admin/orders/{order_id}/returns", json=draft)
        headers = {"X-Order-Token": token}
        return await self.buyer.post(f"/v1/orders/{order_id}/returns", json=draft, headers=headers)

    async def go_on(self, return_id: str, what: str, **draft: object) -> Response:
        return await step(self.staff, {"id": return_id}, what, **draft)

    async def returns(self, ids: list[str]) -> dict[str, str]:
        query: LiteralString = "SELECT id::text, status FROM returns WHERE id::text = ANY (%s)"
        return {it["id"]: it["status"] for it in await rows(query, ids)}

    async def decide(self, order_id: str, what: str, **body: object) -> Response:
        """Do `capture` or `cancel`."""
        return await self.staff.post(f"/v1/admin/orders/{order_id}/{what}", json=body)

    async def refund(self, order_id: str, **draft: object) -> Response:
        return await refund(self.staff, {"id": order_id}, **draft)

    async def fulfil(self, order_id: str, line_id: str, units: int) -> Response:
        lines = [{"line_id": line_id, "quantity": units}]
        return await fulfil(self.staff, {"id": order_id}, lines=lines)

    async def order(self, order_id: str) -> dict[str, Any]:
        """Read an order, as staff see it."""
        return await order_now(self.staff, {"id": order_id})

    async def pay_order(
        self, order: tuple[str, str | None], token: str, *, later: bool
    ) -> Response:
        """Pay what is left of an order with its token, or with that of a link that staff mail."""
        order_id, opens = order
        if opens is None:
            sent = await self.staff.post(f"/v1/admin/orders/{order_id}/payment-link")
            assert sent.status_code == 200, sent.text
            opens = sent.json()["url"].rpartition("access_token=")[2]
        draft = {"payment": {"provider": "test", "token": token}}
        headers = {"X-Order-Token": opens}
        async with channel(self.staff, capture="manual" if later else "payment"):
            where = f"/v1/orders/{order_id}/payments"
            return await self.buyer.post(where, json=draft, headers=headers)

    async def look_at_order(self, order_id: str) -> None:
        """Let the shop compare the payments of an order with what their provider says."""
        query: LiteralString = "UPDATE payment_attempts SET check_at = now() WHERE order_id = %s"
        await change(query, order_id)
        await sweep(self.shop)

    async def draft_order(self, sku: str, units: int, price: int | None, how: str) -> Response:
        """Put an order together, and turn it into one."""
        line: dict[str, Any] = {"sku": sku, "quantity": units}
        line |= {} if price is None else {"unit_price": price, "reason": "By phone"}
        facts = {"shipping_address": ADDRESS, "shipping_option": self._option}
        draft = {"email": an_address(), "lines": [line], **facts}
        made = await self.staff.post("/v1/admin/draft-orders", json=draft)
        assert made.status_code == 201, made.text
        where = f"draft-orders/{made.json()['id']}"
        if how != "by its buyer":
            done = {"paid": how == "paid"}
            return await self.staff.post(f"/v1/admin/{where}/complete", json=done)
        sent = await self.staff.post(f"/v1/admin/{where}/send")
        if sent.status_code != 200:
            return sent
        opens = {"X-Draft-Order-Token": sent.json()["url"].rpartition("access_token=")[2]}
        return await self.buyer.post(f"/v1/{where}/order", json={}, headers=opens)

    async def edit(self, order_id: str, line: str | None, sku: str, units: int) -> Response:
        """Let an order have so many units of a line, or of something that it has no line of."""
        changed = (
            {"lines": [{"line": line, "quantity": units}]}
            if line
            else {"add": [{"sku": sku, "quantity": units}]}
        )
        draft = {"reason": "By phone", **changed}
        return await self.staff.post(f"/v1/admin/orders/{order_id}/edits", json=draft)

    async def send_refunds(self) -> None:
        await send_all(self.shop)

    async def stock(self, skus: list[str]) -> dict[str, tuple[int, int]]:
        found = await rows(
            "SELECT sku, sum(on_hand)::int AS on_hand, sum(reserved)::int AS reserved FROM stock"
            " JOIN variants ON variants.id = stock.variant_id WHERE sku = ANY (%s) GROUP BY sku",
            skus,
        )
        return {row["sku"]: (row["on_hand"], row["reserved"]) for row in found}

    async def orders(self, skus: list[str]) -> dict[str, dict[str, Any]]:
        """Return the orders of these goods: their states, sums and balances."""
        found = await rows(
            "SELECT orders.id::text, status, payment_status, fulfilment_status, total, captured,"
            " refunded, (SELECT coalesce(json_object_agg(account, amount), '{}') FROM ("
            "   SELECT account, sum(amount) AS amount FROM ledger_transactions AS header"
            "   JOIN ledger_entries AS entry ON entry.transaction_id = header.id"
            "   WHERE header.order_id = orders.id"
            "       AND account IN ('receivable', 'cash', 'refunds_payable')"
            "   GROUP BY account HAVING sum(amount) <> 0) AS sums) AS balances"
            " FROM orders WHERE id IN (SELECT order_id FROM order_lines WHERE sku = ANY (%s))",
            skus,
        )
        return {row.pop("id"): row for row in found}

    async def provider(self, skus: list[str]) -> tuple[int, int, int]:
        """Return what the provider holds, has captured and has given back for these goods."""
        (row,) = await rows(
            "SELECT coalesce(sum(theirs.amount) FILTER (WHERE theirs.state = 'authorised'),"
            " 0)::int AS held,"
            " coalesce(sum(theirs.captured), 0)::int AS captured,"
            " coalesce(sum(theirs.refunded), 0)::int AS refunded"
            " FROM test_payments AS theirs JOIN payment_attempts AS ours ON ours.id = payment_id"
            " WHERE ours.order_id IN (SELECT order_id FROM order_lines WHERE sku = ANY (%s))",
            skus,
        )
        return row["held"], row["captured"], row["refunded"]

    async def expect_balanced_books(self) -> None:
        await expect_balanced_books()
