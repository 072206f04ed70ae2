"""Payment providers that are rows, for the length of a block."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from support.applications import SECRET, holding
from support.background import change

from trastienda.application import Application
from trastienda.controllers.payments.providers import refresh
from trastienda.services.payments import Provider, Providers
from trastienda.services.payments.providers.credentials import PURPOSE
from trastienda.services.payments.providers.kinds import KINDS, Kinds
from trastienda.services.shared.keyring import Keyring

WHERE = "/v1/admin/payment-providers"


def a_name() -> str:
    return f"p{uuid4().hex[:12]}"


@asynccontextmanager
async def knowing(
    shop: Application,
    kinds: Kinds = KINDS,
    **more: Any,  # noqa: ANN401 - of Providers
) -> AsyncIterator[Providers]:
    """Let a shop have these kinds of providers, and no rows at first; at the end, forget its rows.

    Payments stay, and have built-in providers from then on.
    """
    built_in: dict[str, Provider] = {"test": shop.process.providers["test"]}
    providers = Providers(built_in, Keyring(PURPOSE, [SECRET.encode()]), kinds=kinds, **more)
    await _forget_rows()
    try:
        with holding(shop, providers=providers):
            await refresh(providers)
            yield providers
    finally:
        await _forget_rows()
        await providers.shut()


async def _forget_rows() -> None:
    await change("UPDATE payment_attempts SET provider_id = NULL WHERE provider_id IS NOT NULL")
    await change("DELETE FROM payment_providers")


async def connected(staff: AsyncClient, kind: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """Connect an account, and return its view."""
    draft = {"name": a_name(), "kind": kind, "mode": "test", **fields}
    answer = await staff.post(WHERE, json=draft)
    assert answer.status_code == 201, answer.text
    view: dict[str, Any] = answer.json()
    return view
