"""Draft orders, which staff or their buyers turn into orders."""

from typing import Any

from httpx import AsyncClient, HTTPError
from support.products import ADDRESS
from support.torture.acting import Acting

ALL = "/v1/admin/draft-orders"


class Drafting(Acting):
    """Staff who put orders together, and buyers who order what was sent to them."""

    async def _draft(self, client: AsyncClient) -> None:
        chance, staff = self.shop.chance, self.shop.key
        await self._pause()
        lines = self._some()
        if chance.random() < 0.5:
            lines[0] |= {"unit_price": chance.randint(1, 900), "reason": "By phone"}
        draft = {
            "email": "ana@example.com",
            "lines": lines,
            "shipping_address": ADDRESS,
            "shipping_option": self.option,
        }
        made = await client.post(ALL, json=draft, headers=staff)
        if self._note("draft", made).status_code != 201:
            return
        where = f"draft-orders/{made.json()['id']}"
        token = await self._send(client, where) if chance.random() < 0.6 else None
        for _ in range(chance.randint(1, 3)):  # who is told nothing tries again: it is one order
            try:
                await self._order(client, where, token)
            except HTTPError as error:
                self.outcomes[type(error).__name__] += 1

    async def _send(self, client: AsyncClient, where: str) -> str | None:
        sent = await client.post(f"/v1/admin/{where}/send", headers=self.shop.key)
        if self._note("draft sent", sent).status_code != 200:
            return None
        return str(sent.json()["url"]).rpartition("access_token=")[2]

    async def _order(self, client: AsyncClient, where: str, token: str | None) -> None:
        """Order a draft order as its buyer, or else as staff, perhaps as paid."""
        if token is not None:
            opens = {"X-Draft-Order-Token": token}
            ordered = await client.post(f"/v1/{where}/order", json={}, headers=opens)
            self._note("draft ordered", ordered)
        else:
            draft: dict[str, Any] = {"paid": self.shop.chance.random() < 0.5}
            address = f"/v1/admin/{where}/complete"
            ordered = await client.post(address, json=draft, headers=self.shop.key)
            self._note("draft completed", ordered)
        if ordered.status_code in {200, 201}:
            self._keep(ordered.json())
