"""What all who act on a shop under torture share: what they have been told, and what they know."""

import asyncio
from collections import Counter
from typing import Any

from httpx import AsyncClient, Response
from support.torture.shops import Shop

TOKENS = {"ok": 8, "ok_later": 4, "challenge": 6, "decline": 2, "timeout": 1}
PAUSE = 0.2
"""Seconds at most between two things that somebody does."""
RECENT = 40
"""Orders and returns that are acted on: the last ones."""


class Acting:
    """The shop, and what it has confirmed."""

    def __init__(self, shop: Shop, skus: list[str], option: str) -> None:
        self.shop, self.skus, self.option = shop, skus, option
        self.outcomes: Counter[str] = Counter()
        self.placed: list[str] = []
        """The ids of orders that the shop has confirmed."""
        self.returns: list[str] = []
        """The ids of returns that the shop has confirmed."""
        self._sent: list[str] = []
        """The ids of orders of which something was sent."""
        self._open: list[str] = []
        """The ids of returns that have not ended."""
        self._tokens: dict[str, str] = {}
        """With which buyers read and pay their orders."""

    async def _pause(self) -> None:
        """Wait a little: whoever is killed should have been at something, not have a queue."""
        await asyncio.sleep(self.shop.chance.uniform(0, PAUSE))

    def _note(self, what: str, answer: Response) -> Response:
        self.outcomes[f"{what} {answer.status_code}"] += 1
        return answer

    def _keep(self, order: dict[str, Any]) -> None:
        """Remember an order, and what opens it."""
        self.placed.append(order["id"])
        if token := order.get("access_token"):
            self._tokens[order["id"]] = token

    def _some(self) -> list[dict[str, Any]]:
        """Choose what is bought: some units of some goods."""
        chance = self.shop.chance
        return [
            {"sku": sku, "quantity": chance.randint(1, 3)}
            for sku in chance.sample(self.skus, chance.randint(1, len(self.skus)))
        ]

    def _card(self) -> dict[str, str]:
        (token,) = self.shop.chance.choices(list(TOKENS), list(TOKENS.values()))
        return {"provider": "test", "token": token}

    async def _confirm(self, buyer: AsyncClient, payment: dict[str, Any]) -> None:
        """Say yes or no to the bank, if it asks."""
        if action := payment.get("next_action"):
            url = action["url"]
            outcome = {"outcome": self.shop.chance.choice(["succeed", "succeed", "fail"])}
            said = await buyer.post(url[url.index("/v1/") :], params=outcome)
            self._note("challenge", said)
