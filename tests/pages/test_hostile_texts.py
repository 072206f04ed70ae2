"""Whatever somebody writes into a product, an address or a search is text on every page."""

from urllib.parse import quote

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.pages.hostile import HOSTILE, strange
from support.pages.readers import a_visitor, follow, send
from support.products import a_product, a_shipping_option, a_sku


async def test_hostile_texts_stay_texts(shop: ASGIApp, staff: AsyncClient) -> None:
    visitor, option = a_visitor(shop), await a_shipping_option(490)
    name = HOSTILE[:180]
    variant = {
        "sku": a_sku(),
        "prices": {"EUR": 100},
        "options": {name[:60]: name[:60]},
        "stock": 5,
    }
    product = await a_product(
        staff,
        name=name,
        description=HOSTILE,
        options=[{"name": name[:60], "values": [name[:60]]}],
        variants=[variant],
        attributes={"Care": HOSTILE},
    )
    address = {
        "email": "ada@example.com",
        "shipping_address/name": name,
        "shipping_address/line1": name,
        "shipping_address/city": name,
        "shipping_address/country": "ES",
        "shipping_option": option,
    }

    seen = [await visitor.get("/"), await visitor.get(f"/products?q={quote(name)}")]
    seen.append(await visitor.get(f"/products?min_price={quote(name)}&sort={quote(name)}"))
    seen.append(await visitor.get(f"/{quote(name, safe='')}"))
    seen.append(await visitor.get(f"/login?next={quote(name)}"))
    seen.append(await visitor.get(f"/verify?token={quote(name)}"))
    seen.append(await visitor.get(f"/products/{product['slug']}"))
    seen.append(await follow(visitor, await send(visitor, seen[-1], "/cart")))
    seen.append(await send(visitor, seen[-1], "/cart/codes", code=name[:60]))
    page = await visitor.get("/checkout")
    seen.append(await send(visitor, page, "/checkout", ("do", "pay"), **{**address, "email": name}))
    page = await follow(
        visitor, await send(visitor, page, "/checkout", ("do", "update"), **address)
    )
    placed = await send(visitor, page, "/checkout", ("do", "pay"), **{"payment/provider": "manual"})
    seen.append(await follow(visitor, placed))
    seen.append(await visitor.get(str(seen[-1].url), headers={"accept-language": "es"}))

    assert {str(it.url): strange(it) for it in seen} == {str(it.url): [] for it in seen}
