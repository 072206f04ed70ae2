"""Builders of what is sold, through the staff's own API."""

from itertools import count
from typing import Any
from uuid import uuid4

from httpx import AsyncClient, Response

from trastienda.database.db import transaction
from trastienda.database.models.shipping.option import ShippingOption, ShippingPrice
from trastienda.services.channels import channels

ADDRESS = {"name": "Ada Lovelace", "line1": "Calle Mayor 1", "city": "Madrid", "country": "ES"}
_numbers = count(1)


def a_sku() -> str:
    return f"SKU-{next(_numbers)}-{uuid4().hex[:12]}"


async def a_product(staff: AsyncClient, **facts: Any) -> dict[str, Any]:  # noqa: ANN401
    """Put a product on sale; `price` and `stock` are those of its only variant, unless named."""
    price, stock = facts.pop("price", 1_250), facts.pop("stock", 10)
    variant = {"sku": a_sku(), "prices": {"EUR": price}, "stock": stock}
    draft = {"name": "Mug", "slug": f"mug-{uuid4().hex}", "variants": [variant], **facts}
    answer = await staff.post("/v1/admin/products", json=draft)
    assert answer.status_code == 201, answer.text
    product: dict[str, Any] = answer.json()
    return product


async def a_sku_for_sale(staff: AsyncClient, **facts: Any) -> str:  # noqa: ANN401
    sku: str = (await a_product(staff, **facts))["variants"][0]["sku"]
    return sku


async def a_shipping_option(price: int = 490, **facts: Any) -> str:  # noqa: ANN401
    """Offer a way of shipping in EUR; return its id."""
    option = ShippingOption(
        channel_id=channels.current().id, names={"en": "Post", "es": "Correo"}, **facts
    )
    async with transaction() as session:
        session.orm.add(option)
        session.orm.add(ShippingPrice(shipping_option_id=option.id, currency="EUR", amount=price))
    return str(option.id)


async def a_cart(buyer: AsyncClient, **skus: int) -> dict[str, Any]:
    """Open a cart with these quantities of these SKUs."""
    lines = [{"sku": sku, "quantity": quantity} for sku, quantity in skus.items()]
    answer = await buyer.post("/v1/carts", json={"lines": lines})
    assert answer.status_code == 201, answer.text
    cart: dict[str, Any] = answer.json()
    return cart


async def a_cart_to_order(buyer: AsyncClient, **skus: int) -> dict[str, Any]:
    """Open a cart that only needs to be paid."""
    cart = await a_cart(buyer, **skus)
    contact = {
        "email": "ada@example.com",
        "shipping_address": ADDRESS,
        "shipping_option": await a_shipping_option(),
    }
    answer = await buyer.put(f"/v1/carts/{cart['id']}/contact", json=contact)
    assert answer.status_code == 200, answer.text
    ready: dict[str, Any] = answer.json()
    assert ready["problems"] == []
    return ready


async def check_out(
    buyer: AsyncClient,
    cart_id: str,
    provider: str = "manual",
    **more: Any,  # noqa: ANN401
) -> Response:
    payment: dict[str, Any] = {"provider": provider}
    payment |= {name: more.pop(name) for name in ("token", "return_url") if name in more}
    headers = more.pop("headers", {})
    body = {"payment": payment, **more}
    return await buyer.post(f"/v1/carts/{cart_id}/checkout", json=body, headers=headers)


async def an_order(
    staff: AsyncClient,
    buyer: AsyncClient,
    provider: str = "manual",
    **facts: Any,  # noqa: ANN401
) -> dict[str, Any]:
    """Order two of one thing; `email`, `name` (of the person), `product` and `headers` may vary."""
    product = await a_product(staff, name=facts.get("product", "Mug"), price=1_250)
    cart = await a_cart(buyer, **{product["variants"][0]["sku"]: 2})
    contact = {
        "email": facts.get("email", "ada@example.com"),
        "shipping_address": {**ADDRESS, "name": facts.get("name", ADDRESS["name"])},
        "shipping_option": await a_shipping_option(490),
    }
    await buyer.put(f"/v1/carts/{cart['id']}/contact", json=contact)
    token = {"token": "ok"} if provider == "test" else {}
    headers = facts.get("headers", {})
    answer = await check_out(buyer, cart["id"], provider, headers=headers, **token)
    assert answer.status_code == 201, answer.text
    order: dict[str, Any] = answer.json()
    return order


async def stock_of(staff: AsyncClient, sku: str) -> dict[str, int]:
    """Return the level of a SKU that one location holds."""
    (level,) = (await staff.get(f"/v1/admin/stock/{sku}")).json()["items"]
    del level["location"]
    return dict(level)


async def many_variants(staff: AsyncClient, width: int) -> dict[str, Any]:
    values = [str(it) for it in range(width)]
    variants = [
        {"sku": a_sku(), "prices": {"EUR": 1}, "options": {"Row": row, "Column": column}}
        for row in values
        for column in values
    ]
    options = [{"name": name, "values": values} for name in ("Row", "Column")]
    return await a_product(staff, options=options, variants=variants)


async def in_colours(staff: AsyncClient, *colours: str, **facts: Any) -> dict[str, Any]:  # noqa: ANN401
    """Put a product on sale in some colours; `price` and `stock` are those of each variant."""
    price, stock = facts.pop("price", 1_250), facts.pop("stock", 10)
    facts.setdefault("options", [{"name": "Colour", "values": list(colours)}])
    variants = [
        {"sku": a_sku(), "prices": {"EUR": price}, "stock": stock, "options": {"Colour": it}}
        for it in colours
    ]
    if facts.get("gift_card"):
        for variant in variants:
            del variant["stock"]
    return await a_product(staff, variants=variants, **facts)
