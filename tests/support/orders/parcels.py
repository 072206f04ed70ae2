"""Orders to be sent or picked up, and their parcels, through the staff's own API."""

from typing import Any

from httpx import AsyncClient, Response
from support.products import ADDRESS, a_cart, a_shipping_option, a_sku_for_sale, check_out

PICKUP = {"name": "The shop", "line1": "Plaza Mayor 2", "city": "Madrid", "country": "ES"}
URL = "https://www.correos.es/track?code=PK1"
TRACKING = {"carrier": "Correos", "tracking_number": "PK1", "tracking_url": URL}
READY = {"pickup": True}


async def an_order_of(buyer: AsyncClient, email: str, **skus: int) -> dict[str, Any]:
    """Order these quantities of these SKUs, to be picked up."""
    cart = await a_cart(buyer, **skus)
    contact = {
        "email": email,
        "shipping_address": ADDRESS,
        "shipping_option": await a_shipping_option(490, pickup_address=PICKUP),
    }
    await buyer.put(f"/v1/carts/{cart['id']}/contact", json=contact)
    answer = await check_out(buyer, cart["id"])
    assert answer.status_code == 201, answer.text
    order: dict[str, Any] = answer.json()
    return order


async def an_order_to_pick_up(staff: AsyncClient, buyer: AsyncClient) -> dict[str, Any]:
    """Order two of one thing."""
    return await an_order_of(buyer, "ada@example.com", **{await a_sku_for_sale(staff): 2})


async def fulfil(staff: AsyncClient, order: dict[str, Any], **draft: object) -> Response:
    return await staff.post(f"/v1/admin/orders/{order['id']}/fulfilments", json=draft)


async def packed(staff: AsyncClient, order: dict[str, Any], **draft: object) -> dict[str, Any]:
    """Make a parcel that is not refused; return it as the order shows it."""
    answer = await fulfil(staff, order, **draft)
    assert answer.status_code == 201, answer.text
    parcel: dict[str, Any] = answer.json()["fulfilments"][-1]
    return parcel


async def step(staff: AsyncClient, parcel: dict[str, Any], what: str) -> Response:
    """Do `collected`, `delivered` or `cancel`."""
    return await staff.post(f"/v1/admin/fulfilments/{parcel['id']}/{what}")


def units(order: dict[str, Any], *quantities: int) -> list[dict[str, Any]]:
    """Name so many units of each line of an order, as a draft does."""
    pairs = zip(order["lines"], quantities, strict=True)
    return [{"line_id": line["id"], "quantity": it} for line, it in pairs if it]
