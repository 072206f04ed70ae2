"""Two carts at a login, gift cards for others, and a currency that the visitor chooses."""

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.pages.readers import a_customer_at_pages, a_visitor, follow, send, words
from support.payments.credit import a_gift_card
from support.payments.gift_sales import a_voucher
from support.people import PASSWORD, an_address
from support.products import a_product, a_sku

CHANNEL = "/v1/admin/channel"


@pytest.fixture
async def asking(staff: AsyncClient) -> AsyncIterator[None]:
    """Let customers choose what becomes of two carts."""
    assert (await staff.patch(CHANNEL, json={"cart_merge": "ask"})).status_code == 200
    yield
    await staff.patch(CHANNEL, json={"cart_merge": "sum"})


@pytest.fixture
async def two_currencies(staff: AsyncClient) -> AsyncIterator[None]:
    before = (await staff.get(CHANNEL)).json()["currencies"]
    await staff.patch(CHANNEL, json={"currencies": [*before, "CHF"]})
    yield
    await staff.patch(CHANNEL, json={"currencies": before})


async def put(browser: AsyncClient, slug: str) -> None:
    page = await browser.get(f"/products/{slug}")
    assert (await send(browser, page, "/cart")).status_code == 303


@pytest.mark.usefixtures("asking")
async def test_a_customer_chooses_what_becomes_of_two_carts(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    names = (f"Mug {a_sku()}", f"Bowl {a_sku()}")
    mug, bowl = [await a_product(staff, name=name) for name in names]
    email = an_address()
    await put(await a_customer_at_pages(shop, email), mug["slug"])
    browser = a_visitor(shop)
    await put(browser, bowl["slug"])

    login = await browser.get("/login?next=/checkout")
    both = await follow(
        browser, await send(browser, login, "/login", email=email, password=PASSWORD)
    )
    cart = await browser.get("/cart")
    unknown = await send(browser, both, "/cart/both", policy="burn")
    chosen = await send(browser, both, "/cart/both", policy="sum")
    merged = await browser.get("/cart")
    nothing = await browser.get("/cart/both?next=//evil.example")

    assert both.status_code == 200
    assert names[0] in words(both)
    assert names[1] in words(both)
    assert "You have another cart" in words(cart)
    assert names[0] not in words(cart)
    assert unknown.status_code == 422
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/checkout")
    assert names[0] in words(merged)
    assert names[1] in words(merged)
    assert "You have another cart" not in words(merged)
    assert (nothing.status_code, nothing.headers["location"]) == (303, "/cart")


@pytest.mark.usefixtures("two_currencies")
async def test_a_visitor_chooses_a_currency_and_the_cart_keeps_its_own(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    variant = {"sku": a_sku(), "prices": {"EUR": 1_000, "CHF": 1_234}, "stock": 5}
    dear = await a_product(staff, variants=[variant])
    here_only = await a_product(staff, price=2_000)
    visitor = a_visitor(shop)

    await put(visitor, here_only["slug"])
    page = await visitor.get(f"/products/{dear['slug']}?currency=CHF")
    again = await visitor.get(f"/products/{dear['slug']}")
    other = await visitor.get(f"/products/{here_only['slug']}")
    unknown = await visitor.get(f"/products/{dear['slug']}?currency=XXX")
    cart = await visitor.get("/cart")
    fresh = a_visitor(shop)
    await fresh.get("/?currency=CHF")
    await put(fresh, dear["slug"])
    new_cart = await fresh.get("/cart")

    assert "CHF 12.34" in words(page).replace("\xa0", " ")
    assert "CHF 12.34" in words(again).replace("\xa0", " ")
    assert "€20.00" in words(other)
    assert "CHF 12.34" in words(unknown).replace("\xa0", " ")
    assert "This cart stays in EUR" in words(cart)
    assert "CHF 12.34" in words(new_cart).replace("\xa0", " ")
    assert 'rel="nofollow" aria-current="true">CHF' in again.text


async def test_a_gift_card_in_the_cart_goes_to_whom_the_buyer_names(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    visitor, voucher = a_visitor(shop), await a_voucher(staff)
    await put(visitor, voucher["slug"])
    cart = await visitor.get("/cart")
    action = cart.text.partition('/recipient"')[0].rpartition('"')[2] + "/recipient"
    start = "to-" + action.split("/")[3]

    wrong = await send(visitor, cart, action, **{f"{start}/email": "not an address"})
    named = await send(
        visitor,
        cart,
        action,
        **{f"{start}/email": "ana@example.com", f"{start}/message": "<b>Enjoy</b>"},
    )
    shown = await follow(visitor, named)
    nobody = await follow(visitor, await send(visitor, shown, action, **{f"{start}/email": ""}))

    assert "say who gets it" in words(await visitor.get(f"/products/{voucher['slug']}"))
    assert wrong.status_code == 422
    assert f'aria-describedby="{start}/email' in wrong.text
    assert "Goes to ana@example.com" in words(shown)
    assert "&lt;b&gt;Enjoy&lt;/b&gt;" in shown.text
    assert "Is it a present?" in words(nobody)


async def test_who_has_the_code_of_a_gift_card_sees_what_is_on_it(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    visitor, card = a_visitor(shop), await a_gift_card(staff, amount=4_200)
    off = await a_gift_card(staff)
    await staff.patch(f"/v1/admin/gift-cards/{off['id']}", json={"disabled": True})

    page = await visitor.get("/gift-card")
    found = await send(visitor, page, "/gift-card", code=card["code"].lower())
    unknown = await send(visitor, page, "/gift-card", code="AAAA-BBBB-CCCC-DDDD")
    disabled = await send(visitor, page, "/gift-card", code=off["code"])
    empty = await send(visitor, page, "/gift-card", code="")

    assert "€42.00" in words(found)
    assert card["code"] not in found.text
    assert found.headers["cache-control"] == "no-store"
    assert {unknown.status_code, disabled.status_code, empty.status_code} == {422}
    assert words(unknown) == words(disabled)
