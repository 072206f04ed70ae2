"""Orders that are paid after they were placed, by their buyers, with what opens them."""

from httpx import AsyncClient
from support.torture.acting import RECENT, Acting


class Paying(Acting):
    """Buyers who pay what is left of an order; staff who mail them the link."""

    async def _pay_later(self, client: AsyncClient) -> None:
        chance = self.shop.chance
        await self._pause()
        if not self.placed:
            return
        id_ = chance.choice(self.placed[-RECENT:])
        token = self._tokens.get(id_) or await self._link(client, id_)
        if token is None:
            return
        address, opens = f"/v1/orders/{id_}", {"X-Order-Token": token}
        read = await client.get(address, headers=opens)
        if read.status_code != 200 or not read.json()["outstanding"]:
            return
        draft = {"payment": self._card()}
        paid = await client.post(f"{address}/payments", json=draft, headers=opens)
        if self._note("pay later", paid).status_code != 202:
            return
        if chance.random() < 0.8:  # else the buyer leaves
            await self._confirm(client, paid.json()["payment"])
        if chance.random() < 0.5:
            self._note("payment", await client.get(f"{address}/payment", headers=opens))

    async def _link(self, staff: AsyncClient, id_: str) -> str | None:
        """Mail the link of an order that staff made; return what is in it."""
        address = f"/v1/admin/orders/{id_}/payment-link"
        sent = self._note("link", await staff.post(address, headers=self.shop.key))
        if sent.status_code != 200:
            return None
        self._tokens[id_] = str(sent.json()["url"]).rpartition("access_token=")[2]
        return self._tokens[id_]
