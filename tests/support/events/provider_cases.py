"""What can be done with payment providers, and what it leaves in the events: see `use_cases.py`."""

from typing import Any

from support.events.use_cases import Act, World, leaves, some, staff_resource
from support.payments.house import HOUSE, KEYS

from trastienda.services.payments.providers.kinds import KINDS

_DRAFT = some(name="house-*", kind="house", mode="test", credentials=KEYS)


async def a_draft(world: World) -> dict[str, Any]:
    """Draft a provider of a kind that the shop has for this."""
    world.shop.process.providers.kinds = {**KINDS, "house": HOUSE}
    return await _DRAFT(world)


staff_resource(
    "payments.providers", "payment_provider", "payment-providers", a_draft, {"position": 7}
)


@leaves(
    "payments.providers.change",
    "payment_provider.changed by key",
    "payment_provider.credentials_changed by key",
)
async def other_credentials(world: World) -> Act:
    made = await world.staff.post("/v1/admin/payment-providers", json=await a_draft(world))
    address = f"/v1/admin/payment-providers/{made.json()['id']}"
    return lambda: world.staff.patch(address, json={"credentials": {"public": "pk-0123"}})
