"""What buyers and staff do all the time, whatever dies meanwhile."""

import asyncio
from typing import Any

from httpx import AsyncClient, HTTPError, Response
from support.products import ADDRESS
from support.torture.acting import RECENT
from support.torture.drafting import Drafting
from support.torture.paying import Paying
from support.torture.returning import Returning
from support.torture.shops import VOUCHER, Shop

CREDITED = 0.3
"""How many carts have a gift card; the first CARDS are issued at once."""
CARDS = 4
GIVEN, ALONE = 0.3, 0.1
"""How many carts buy gift cards, and how many have one line."""


class Stream(Drafting, Paying, Returning):
    """Buyers and staff, and what they were told."""

    def __init__(self, shop: Shop, skus: list[str], option: str) -> None:
        super().__init__(shop, skus, option)
        self._codes: list[str] = []
        """Of gift cards that were issued."""
        self._done = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, buyers: int, staff: int) -> None:
        others = [self._take_back, self._pay_later, self._draft]
        acts = [*[self._buy] * buyers, *[self._manage] * staff, *others]
        self._tasks = [asyncio.create_task(self._on_and_on(act)) for act in acts]

    async def stop(self) -> None:
        self._done.set()
        await asyncio.gather(*self._tasks)

    async def _on_and_on(self, act: Any) -> None:  # noqa: ANN401 - a method of this class
        async with self.shop.client() as client:
            while not self._done.is_set():
                try:
                    await act(client)
                except HTTPError as error:  # killed meanwhile: what came of it, nobody told us
                    self.outcomes[type(error).__name__] += 1
                    await asyncio.sleep(0.05)

    async def _buy(self, buyer: AsyncClient) -> None:
        chance = self.shop.chance
        await self._pause()
        lines = self._some()
        if chance.random() < GIVEN:
            lines.append({"sku": VOUCHER, "quantity": chance.randint(1, 2)})
        draft = {"lines": lines[-1:] if chance.random() < ALONE else lines}
        opened = self._note("cart", await buyer.post("/v1/carts", json=draft))
        if opened.status_code != 201:
            return
        cart = f"/v1/carts/{opened.json()['id']}"
        contact = {
            "email": "ana@example.com",
            "shipping_address": ADDRESS,
            "shipping_option": self.option,
        }
        self._note("contact", await buyer.put(f"{cart}/contact", json=contact))
        if self._codes and chance.random() < CREDITED:
            code = {"code": chance.choice(self._codes)}
            self._note("gift card", await buyer.post(f"{cart}/gift-cards", json=code))
        payment = {"provider": "manual"} if chance.random() < 0.2 else self._card()
        for _ in range(chance.randint(1, 3)):  # who is told nothing tries again, or gives up
            try:
                answer = await buyer.post(f"{cart}/checkout", json={"payment": payment})
            except HTTPError:
                continue
            self._note("checkout", answer)
            if answer.status_code < 500:
                break
        else:
            return
        await self._follow(buyer, cart, answer)

    async def _follow(self, buyer: AsyncClient, cart: str, answer: Response) -> None:
        """Remember an order; else say yes or no to the bank, or leave, and perhaps look again."""
        body, chance = answer.json(), self.shop.chance
        if answer.status_code in {200, 201}:
            self._keep(body)
        elif answer.status_code == 202 and chance.random() < 0.8:
            await self._confirm(buyer, body["payment"])
            if chance.random() < 0.5:
                seen = self._note("payment", await buyer.get(f"{cart}/payment"))
                if seen.status_code == 200 and seen.json().get("order"):
                    self._keep(seen.json()["order"])

    async def _manage(self, staff: AsyncClient) -> None:
        chance = self.shop.chance
        await self._pause()
        if chance.random() < 0.05:
            capture = chance.choice(["payment", "payment", "fulfilment", "manual"])
            address, patch = "/v1/admin/channel", {"capture": capture}
            changed = await staff.patch(address, json=patch, headers=self.shop.key)
            self._note("channel", changed)
        if len(self._codes) < CARDS or chance.random() < 0.05:
            draft = {"amount": chance.randint(500, 10_000)}
            issued = await staff.post("/v1/admin/gift-cards", json=draft, headers=self.shop.key)
            if self._note("issue", issued).status_code == 201:
                self._codes.append(issued.json()["code"])
        if not self.placed:
            return
        address = f"/v1/admin/orders/{chance.choice(self.placed[-RECENT:])}"
        read = self._note("order", await staff.get(address, headers=self.shop.key))
        if read.status_code == 200:
            what, body = self._decide(read.json())
            answer = await staff.post(f"{address}/{what}", json=body, headers=self.shop.key)
            if self._note(what, answer).status_code == 201 and what == "fulfilments":
                self._sent.append(read.json()["id"])

    def _decide(self, order: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        chance = self.shop.chance
        line = chance.choice(order["lines"])
        some = chance.randint(1, line["quantity"])
        part = {"lines": [{"line": line["id"], "quantity": some}], "restock": chance.random() < 0.5}
        choices: list[tuple[str, dict[str, Any]]] = [
            ("capture", {}),
            ("capture", {"amount": chance.randint(1, order["totals"]["total"])}),
            ("capture", {"provider": "manual"}),
            ("refunds", {"reason": "goodwill", "amount": chance.randint(1, 700)}),
            ("refunds", {"reason": "goodwill", **part}),
            ("fulfilments", {"lines": [{"line_id": line["id"], "quantity": some}]}),
            ("fulfilments", {}),
            ("cancel", {}),
            ("edits", {"reason": "By phone", **self._edit(line)}),
        ]
        return chance.choice(choices)

    def _edit(self, line: dict[str, Any]) -> dict[str, Any]:
        """Choose what an order is changed to: more or less of something, or something more."""
        chance = self.shop.chance
        if chance.random() < 0.3:
            return {"add": self._some()[:1]}
        if chance.random() < 0.3:
            return {"shipping_price": chance.randint(0, 900)}
        return {"lines": [{"line": line["id"], "quantity": chance.randint(0, 4)}]}
