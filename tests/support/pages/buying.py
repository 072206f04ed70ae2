"""A cart and a checkout by forms alone."""

from typing import Any

from httpx import AsyncClient, Response
from support.pages.readers import follow, send
from support.products import a_product, a_shipping_option

ADDRESS = {
    "email": "ada@example.com",
    "shipping_address/name": "Ada Lovelace",
    "shipping_address/line1": "Calle Mayor 1",
    "shipping_address/city": "Madrid",
    "shipping_address/country": "ES",
}


async def fill(visitor: AsyncClient, product: dict[str, Any], quantity: int = 2) -> Response:
    page = await visitor.get(f"/products/{product['slug']}")
    return await follow(visitor, await send(visitor, page, "/cart", quantity=str(quantity)))


async def at_checkout(staff: AsyncClient, visitor: AsyncClient, **facts: Any) -> Response:  # noqa: ANN401
    """Fill a cart, and give the address: only the payment is left."""
    option = await a_shipping_option(490)
    await fill(visitor, await a_product(staff, **facts))
    page = await visitor.get("/checkout")
    page = await follow(
        visitor, await send(visitor, page, "/checkout", ("do", "update"), **ADDRESS)
    )
    again = await send(visitor, page, "/checkout", ("do", "update"), shipping_option=option)
    return await follow(visitor, again)


async def pay(visitor: AsyncClient, page: Response, provider: str, card: str = "ok") -> Response:
    choice = {"payment/provider": provider, "test_card": card}
    return await send(visitor, page, "/checkout", ("do", "pay"), **choice)
