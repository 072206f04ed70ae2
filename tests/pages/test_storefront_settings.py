"""What a merchant changes without a theme: logo, colours, texts and legal pages, on the pages."""

import re
from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient
from support.media.pictures import a_ready_picture
from support.pages.desks import a_desk
from support.pages.hostile import HOSTILE, strange
from support.pages.readers import a_visitor, follow, form_of, read, send, words
from support.products import a_product, a_shipping_option

from trastienda.application import Application

SETTINGS, LEGAL = "/admin/storefront", "/admin/legal-pages"


@pytest.fixture(autouse=True)
async def _as_before(staff: AsyncClient) -> AsyncIterator[None]:
    yield
    names = ("logo", "brand_colour", "dark_brand_colour", "accent_colour")
    nothing: dict[str, object] = {"texts": {}, **dict.fromkeys(names)}
    assert (await staff.patch("/v1/admin/storefront", json=nothing)).status_code == 200
    for page in (await staff.get("/v1/admin/legal-pages")).json()["items"]:
        await staff.delete(f"/v1/admin/legal-pages/{page['kind']}")


async def test_a_merchant_changes_logo_colours_and_texts_in_the_admin(
    shop: Application, staff: AsyncClient
) -> None:
    desk, visitor = await a_desk(shop), a_visitor(shop)
    logo = await a_ready_picture(shop, staff)
    fields = {
        "logo": logo["id"],
        "brand_colour": "#FFDD00",
        "texts/en/announcement": "Free delivery",
        "texts/en/welcome": "Tiles for <b>all</b>",
        "texts/es/welcome": "Azulejos",
        "texts/en/footer": "Since 1950",
    }

    page = await desk.get(SETTINGS)
    wrong = await send(desk, page, SETTINGS, **{**fields, "brand_colour": "yellow"})
    kept = dict(form_of(wrong, SETTINGS).fields)
    saved = await send(desk, page, SETTINGS, **fields)
    home = await visitor.get("/")
    spanish = await visitor.get("/", headers={"accept-language": "es"})
    sheet = re.findall(r'href="(/brand/\w+\.css)"', home.text)[0]
    css, older = await visitor.get(sheet), await visitor.get("/brand/0123456789abcdef.css")
    login = await visitor.get("/login")

    assert wrong.status_code == 422
    assert kept["texts/en/welcome"] == "Tiles for <b>all</b>"
    assert "is-wrong" in wrong.text
    assert saved.status_code == 303
    assert "Free delivery" in words(home)
    assert "Tiles for <b>all</b>" in words(home)
    assert "Since 1950" in words(home)
    assert f'src="/media/{logo["id"]}/' in home.text
    assert "Azulejos" in words(spanish)
    assert "--brand: #ffdd00; --on-brand: #000000;" in css.text
    assert "immutable" in css.headers["cache-control"]
    assert css.headers["content-type"].startswith("text/css")
    assert older.text == css.text
    assert older.headers["cache-control"] == "no-cache"
    assert sheet in login.text
    assert "unsafe" not in home.headers["content-security-policy"]


async def test_who_saves_second_sees_what_changed(shop: Application) -> None:
    desk = await a_desk(shop)
    page, other = await desk.get(SETTINGS), await desk.get(SETTINGS)

    first = await send(desk, page, SETTINGS, accent_colour="#112233")
    second = await send(desk, other, SETTINGS, accent_colour="#445566")

    assert first.status_code == 303
    assert second.status_code == 412
    assert "#112233" in second.text
    assert "#445566" in second.text


async def test_legal_pages_are_written_linked_and_named_before_an_order(
    shop: Application, staff: AsyncClient
) -> None:
    desk, visitor = await a_desk(shop), a_visitor(shop)
    await a_shipping_option(490)
    product = await a_product(staff, price=1_000)
    text = f"## Who we are\n\n- One\n- [Home](/products)\n\n{HOSTILE}"

    listed = await desk.get(LEGAL)
    page = await desk.get(f"{LEGAL}/terms")
    untitled = await send(desk, page, f"{LEGAL}/terms", **{"texts/en/text": text})
    fields = {"texts/en/title": f"Terms {HOSTILE[:150]}", "texts/en/text": text}
    saved = await send(desk, page, f"{LEGAL}/terms", **fields)
    shown = await visitor.get("/legal/terms")
    spanish = await visitor.get("/legal/terms?locale=es")
    buying = await visitor.get(f"/products/{product['slug']}?locale=en")
    await follow(visitor, await send(visitor, buying, "/cart"))
    checkout = await visitor.get("/checkout")
    sitemap = await visitor.get("/sitemap.xml")
    missing = await visitor.get("/legal/privacy")
    nonsense = await visitor.get("/legal/jokes")

    assert "Terms and conditions" in words(listed)
    assert untitled.status_code == 422
    assert "A text needs a title" in words(untitled)
    assert saved.status_code == 303
    assert (shown.status_code, strange(shown)) == (200, [])
    assert "<h2>Who we are</h2>" in shown.text
    assert '<a href="/products">Home</a>' in shown.text
    assert 'rel="canonical"' in shown.text
    assert 'lang="en"' in spanish.text
    assert checkout.text.count('href="/legal/terms"') == 2  # beside the button, and in the footer
    assert "/legal/terms</loc>" in sitemap.text
    assert {missing.status_code, nonsense.status_code} == {404}
    assert read(shown).forms
