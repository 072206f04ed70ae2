"""What comes back all the time, for the money or for something else."""

from typing import Any

from httpx import AsyncClient
from support.torture.acting import RECENT, Acting

EXCHANGED = 0.4
"""How many of those who return something want something else instead."""


class Returning(Acting):
    """Returns that are asked for, decided, received in parts, settled and exchanged."""

    async def _take_back(self, client: AsyncClient) -> None:
        """Ask for the return of something that was sent, or go on with one that was asked for."""
        chance, staff = self.shop.chance, self.shop.key
        await self._pause()
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
        returned = [{"line_id": line["id"], "quantity": some}]
        draft: dict[str, Any] = {"lines": returned, "reason": "does_not_fit"}
        if chance.random() < EXCHANGED:
            draft["exchange"] = self._some()[:1]
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
        elif of["status"] == "approved" and of["exchange"] and chance.random() < 0.3:
            what = "exchange"
        elif of["status"] in {"approved", "part_received"} and chance.random() < 0.7:
            line = of["lines"][0]
            some = {"line_id": line["line_id"], "quantity": chance.randint(1, line["quantity"])}
            some["disposition"] = chance.choice(["restock", "restock", "write_off"])
            what, draft = "receipts", {"lines": [some]}
        answer = await client.post(f"{address}/{what}", json=draft, headers=staff)
        self._note("close for another" if what == "close" and of["exchange"] else what, answer)
        if answer.status_code == 200 and (order := answer.json().get("exchange_order")):
            self._keep(order)
