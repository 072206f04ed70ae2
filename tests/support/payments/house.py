"""A kind of payment provider whose accounts keep the books of the simulated one."""

import asyncio
import re
from collections.abc import Mapping

from trastienda.controllers.payments import simulated
from trastienda.errors import Unavailable
from trastienda.services.payments.port import Account, Charge, CredentialsRefused, Standing
from trastienda.services.payments.providers.kinds import Field, Kind
from trastienda.services.payments.simulated.cards import SimulatedCards

KEYS = {"key": "key-test-0123456789abcdef", "public": "pk-0123456789abcdef"}
HOUSE = Kind(
    "support.payments.house:House",
    {
        "key": Field(re.compile(r"key-(?P<mode>live|test)-[a-z0-9]{8,40}")),
        "public": Field(re.compile(r"pk-[a-z0-9]+"), required=False),
    },
    {"colour": Field(re.compile(r"red|blue"), required=False)},
)
MADE: list["House"] = []
"""All that were opened, in order; those who look count from the end."""


class House(SimulatedCards):
    """Takes 1.00 or more; keys that end in `dead` are refused, and in `mute` not answered."""

    def __init__(self, account: Account) -> None:
        super().__init__(simulated, "https://localhost:8443")
        self.account, self.closed = account, False
        self.asked, self.may_answer = asyncio.Event(), asyncio.Event()
        self.may_answer.set()
        MADE.append(self)

    async def authorise(self, charge: Charge) -> Standing:
        self.asked.set()
        await self.may_answer.wait()
        assert not self.closed
        return await super().authorise(charge)

    def accepts(self, amount: int, currency: str) -> bool:
        return currency != "JPY" and amount >= 100

    def least(self, currency: str) -> int:
        return 0 if currency == "JPY" else 100

    def for_browser(self) -> Mapping[str, str]:
        return {"public": self.account.credentials.get("public", "")}

    async def verify(self) -> None:
        if self.account.credentials["key"].endswith("dead"):
            raise CredentialsRefused
        if self.account.credentials["key"].endswith("mute"):
            raise Unavailable

    async def close(self) -> None:
        self.closed = True
