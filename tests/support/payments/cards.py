"""A shop with an account at Stripe, which a stub stands in for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from httpx import AsyncClient, Response
from support.background import change
from support.payments.accounts import connected, knowing
from support.payments.books import sweep
from support.products import a_cart_to_order, a_sku_for_sale, check_out
from support.refunds import send_all
from support.servers.payments.stripe_checkout import Body
from support.servers.stripe_stub import CREDENTIALS, StripeStub, a_stripe, signed

from trastienda.application import Application
from trastienda.controllers.orders import settle_abandoned

TOTAL = 1_740
BACK = "https://localhost:8443/paid"


class Cards(NamedTuple):
    """A shop with an account at the stub."""

    shop: Application
    staff: AsyncClient
    buyer: AsyncClient
    stub: StripeStub
    view: dict[str, Any]
    address: str

    async def cart(self) -> str:
        sku = await a_sku_for_sale(self.staff)
        return str((await a_cart_to_order(self.buyer, **{sku: 1}))["id"])

    async def pay(self, token: str | None) -> tuple[str, Response]:
        cart = await self.cart()
        return cart, await self.again(cart, token)

    async def again(self, cart: str, token: str | None = "pm_ok") -> Response:  # noqa: S107 - no password
        return await check_out(self.buyer, cart, self.view["name"], token=token, return_url=BACK)

    async def tell(self, *events: Body) -> list[int]:
        """Send webhooks; return the statuses of the answers."""
        found = []
        for body, signature in map(signed, events):
            headers = {"stripe-signature": signature}
            answer = await self.buyer.post(self.view["webhook_path"], content=body, headers=headers)
            found.append(answer.status_code)
        return found

    async def left_behind(self, cart: str) -> None:
        """Let the lease of a payment end, and another process take it up."""
        await change(
            "UPDATE payment_attempts SET leased_until = now() - interval '1 s' WHERE cart_id = %s",
            cart,
        )
        await settle_abandoned(self.shop.process.providers)

    async def check(self, cart: str) -> None:
        """Compare a payment with what Stripe says, as the sweep does."""
        await change("UPDATE payment_attempts SET check_at = now() WHERE cart_id = %s", cart)
        await sweep(self.shop)


@asynccontextmanager
async def with_cards(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> AsyncIterator[Cards]:
    """Connect an account to a shop that has no other."""
    async with (
        a_stripe() as (address, stub),
        knowing(shop, addresses={"stripe": address}),
    ):
        await send_all(shop)
        view = await connected(staff, "stripe", credentials=CREDENTIALS)
        yield Cards(shop, staff, buyer, stub, view, address)
