"""What buyers and staff do all the time, whatever dies meanwhile."""

import asyncio
from collections import Counter
from typing import Any

from httpx import AsyncClient, HTTPError, Response
from support.products import ADDRESS
from support.torture.shops import Shop

TOKENS = {"ok": 8, "ok_later": 4, "challenge": 6, "decline": 2, "timeout": 1}
CREDITED = 0.3
"""How many carts have a gift card; the first CARDS are issued at once."""
CARDS = 4
RECENT = 40
"""Orders and returns that staff act on: the last ones."""


class Stream:
    """Buyers and staff, and what they were told."""

    def __init__(self, shop: Shop, skus: list[str], option: str) -> None:
        self.shop, self.skus, self.option = shop, skus, option
        self.outcomes: Counter[str] = Counter()
        self.placed: list[str] = []
        """The ids of orders that the shop has confirmed."""
        self._sent: list[str] = []
        """The ids of orders of which something was sent."""
        self._open: list[str] = []
        """The ids of returns that have not ended."""
        self._tokens: dict[str, str] = {}
        """With which buyers read their orders."""
        self._codes: list[str] = []
        """Of gift cards that were issued."""
        self.returns: list[str] = []
        """The ids of returns that the shop has confirmed."""
        self._done = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, buyers: int, staff: int) -> None:
        acts = [self._buy] * buyers + [self._manage] * staff + [self._take_back]
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

    def _note(self, what: str, answer: Response) -> Response:
        self.outcomes[f"{what} {answer.status_code}"] += 1
        return answer

    async def _buy(self, buyer: AsyncClient) -> None:
        chance = self.shop.chance
        lines = [
            {"sku": sku, "quantity": chance.randint(1, 3)}
            for sku in chance.sample(self.skus, chance.randint(1, len(self.skus)))
        ]
        opened = self._note("cart", await buyer.post("/v1/carts", json={"lines": lines}))
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
        (token,) = chance.choices(list(TOKENS), list(TOKENS.values()))
        payment = {"provider": "test", "token": token}
        if chance.random() < 0.1:
            payment = {"provider": "manual"}
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
            if action := body["payment"].get("next_action"):
                url = action["url"]
                outcome = {"outcome": chance.choice(["succeed", "succeed", "fail"])}
                said = await buyer.post(url[url.index("/v1/") :], params=outcome)
                self._note("challenge", said)
            if chance.random() < 0.5:
                seen = self._note("payment", await buyer.get(f"{cart}/payment"))
                if seen.status_code == 200 and seen.json().get("order"):
                    self._keep(seen.json()["order"])

    def _keep(self, order: dict[str, Any]) -> None:
        self.placed.append(order["id"])
        if token := order.get("access_token"):
            self._tokens[order["id"]] = token

    async def _manage(self, staff: AsyncClient) -> None:
        chance = self.shop.chance
        await asyncio.sleep(chance.uniform(0, 0.1))
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

    async def _take_back(self, client: AsyncClient) -> None:
        """Ask for the return of something that was sent, or go on with one that was asked for."""
        chance, staff = self.shop.chance, self.shop.key
        await asyncio.sleep(chance.uniform(0, 0.1))
        if self._open and chance.random() < 0.7:
            await self._go_on(client, chance.choice(self._open))
            return
        if not self._sent:
            return
        id_ = chance.choice(self._sent[-RECENT:])
        read = await client.get(f"/v1/admin/orders/{id_}", headers=staff)
        lines = read.json()["lines"] if read.status_code == 200 else []
        sent = [it for it in lines if it["fulfilled_quantity"] > it["returned_quantity"]]
        if not sent:
            return
        line, token = chance.choice(sent), self._tokens.get(id_)
        some = chance.randint(1, line["fulfilled_quantity"] - line["returned_quantity"])
        draft = {"lines": [{"line_id": line["id"], "quantity": some}], "reason": "does_not_fit"}
        asked = await client.post(
            f"/v1/orders/{id_}/returns" if token else f"/v1/admin/orders/{id_}/returns",
            json=draft,
            headers={"X-Order-Token": token} if token else staff,
        )
        if self._note("return", asked).status_code == 201:
            self.returns.append(asked.json()["id"])
            self._open.append(self.returns[-1])

    async def _go_on(self, client: AsyncClient, id_: str) -> None:
        """Approve or refuse a return, receive some or all of it, or close it."""
        chance, staff = self.shop.chance, self.shop.key
        address = f"/v1/admin/returns/{id_}"
        read = await client.get(address, headers=staff)
        if read.status_code != 200:
            return
        of = read.json()
        if of["status"] in {"refused", "closed"}:
            self._open.remove(id_)
            return
        what, draft = "close", dict[str, Any]()
        if of["status"] == "asked":
            what, draft = chance.choice([("approve", {})] * 4 + [("refuse", {"reason": "Worn"})])
        elif of["status"] in {"approved", "part_received"} and chance.random() < 0.7:
            line = of["lines"][0]
            some = {"line_id": line["line_id"], "quantity": chance.randint(1, line["quantity"])}
            some["disposition"] = chance.choice(["restock", "restock", "write_off"])
            what, draft = "receipts", {"lines": [some]}
        answer = await client.post(f"{address}/{what}", json=draft, headers=staff)
        self._note(what, answer)

    def _decide(self, order: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        chance = self.shop.chance
        line = chance.choice(order["lines"])
        some = chance.randint(1, line["quantity"])
        part = {"lines": [{"line": line["id"], "quantity": some}], "restock": chance.random() < 0.5}
        choices: list[tuple[str, dict[str, Any]]] = [
            ("capture", {}),
            ("capture", {"amount": chance.randint(1, order["totals"]["total"])}),
            ("refunds", {"reason": "goodwill", "amount": chance.randint(1, 700)}),
            ("refunds", {"reason": "goodwill", **part}),
            ("fulfilments", {"lines": [{"line_id": line["id"], "quantity": some}]}),
            ("fulfilments", {}),
            ("cancel", {}),
        ]
        return chance.choice(choices)
