"""Accounts, sessions and their tokens at pages."""

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.pages.readers import a_customer_at_pages, a_visitor, follow, send, words
from support.people import HERE, PASSWORD, a_browser, a_customer, an_address, attempts, mailed
from support.probes import a_client
from support.products import a_product

from trastienda.application import guarded
from trastienda.application import shop as routed
from trastienda.settings import Settings, Switch


@pytest.fixture
async def visitor(shop: ASGIApp) -> AsyncClient:
    return a_visitor(shop)


async def test_somebody_registers_and_confirms(shop: ASGIApp, visitor: AsyncClient) -> None:
    email = an_address()
    page = await visitor.get("/register")
    short = await send(visitor, page, "/register", name="Ana", email=email, password="short")
    sent = await send(visitor, page, "/register", name="Ana", email=email, password=PASSWORD)
    token = await mailed((await attempts(email))[-1])
    elsewhere = a_visitor(shop)
    link = await elsewhere.get(f"/verify?token={token}")
    asked = await send(elsewhere, link, "/verify")
    here = await visitor.get(f"/verify?token={token}")
    done = await follow(visitor, await send(visitor, here, "/verify"))
    wrong = await send(visitor, done, "/login", email=email, password="wrong password")
    logged_in = await follow(
        visitor, await send(visitor, wrong, "/login", email=email, password=PASSWORD)
    )

    assert (short.status_code, 'id="password-error"' in short.text) == (422, True)
    assert "short" not in short.text.partition("</head>")[2].replace("shorter", "")
    assert sent.headers["location"] == "/register/sent"
    assert (asked.status_code, 'type="password"' in asked.text) == (422, True)
    assert "Your address is confirmed." in words(done)
    assert wrong.status_code == 401
    assert f'value="{email}"' in wrong.text
    assert "Hello, Ana" in words(logged_in)


async def test_login_leads_back_and_the_cart_comes_along(
    shop: ASGIApp, staff: AsyncClient, visitor: AsyncClient
) -> None:
    email, product = an_address(), await a_product(staff, name="Kept mug")
    await a_customer(shop, email)
    page = await visitor.get(f"/products/{product['slug']}")
    await send(visitor, page, "/cart")

    asked = await visitor.get("/account/sessions")
    login = await visitor.get(asked.headers["location"])
    back = await send(visitor, login, "/login", email=email, password=PASSWORD)
    cart = await visitor.get("/cart")
    out = await send(visitor, cart, "/logout")

    assert (asked.status_code, back.headers["location"]) == (303, "/account/sessions")
    assert "Kept mug" in words(cart)
    assert out.status_code == 303
    assert (await visitor.get("/account")).status_code == 303
    assert "Kept mug" not in words(await visitor.get("/cart"))


async def test_a_form_whose_session_has_ended_waits_for_the_login(shop: ASGIApp) -> None:
    email = an_address()
    customer = await a_customer_at_pages(shop, email)
    page = await customer.get("/cart")
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    await customer.post("/logout", data={"csrf_token": token}, headers={"origin": HERE})
    del customer.cookies["__Host-session"]

    form = {"use": "true", "key": "k" * 30, "csrf_token": "old"}
    login = await customer.post("/cart/store-credit", data=form, headers={"origin": HERE})
    resumed = await send(customer, login, "/login", email=email, password=PASSWORD)
    sent = await send(customer, resumed, "/cart/store-credit")

    assert login.status_code == 401
    assert "What you typed is kept" in words(login)
    assert (resumed.status_code, 'name="use" value="true"' in resumed.text) == (200, True)
    assert (sent.status_code, sent.headers["location"]) == (303, "/cart")


async def test_a_link_fills_no_form_that_waits_for_the_login(shop: ASGIApp) -> None:
    fields = {"next": "/cart/store-credit", "carried/use": "true"}
    page = await a_browser(shop).get("/login", params=fields, headers={"Accept": "text/html"})

    assert 'value="/cart/store-credit"' in page.text
    assert "carried" not in page.text


async def test_forms_of_a_session_carry_its_token(shop: ASGIApp) -> None:
    customer = await a_customer_at_pages(shop)
    page = await customer.get("/account")

    without = await customer.post("/logout", headers={"origin": HERE})
    wrong = await customer.post("/logout", data={"csrf_token": "x"}, headers={"origin": HERE})
    foreign = await customer.post(
        "/login", data={"email": "a"}, headers={"origin": "https://evil.example"}
    )
    files = await customer.post(
        "/logout",
        data={"csrf_token": page.text.split('name="csrf_token" value="')[1].split('"')[0]},
        files={"picture": b"x"},
        headers={"origin": HERE},
    )

    assert [it.status_code for it in (without, wrong, foreign, files)] == [403, 403, 403, 303]
    assert without.headers["content-type"] == "text/html; charset=utf-8"


async def test_htmx_is_told_where_to_go_and_asked_to_log_in_in_a_dialog(
    visitor: AsyncClient, staff: AsyncClient
) -> None:
    product = await a_product(staff)
    page = await visitor.get(f"/products/{product['slug']}")
    visitor.headers["HX-Request"] = "true"

    added = await send(visitor, page, "/cart")
    ended = await visitor.post("/cart/store-credit", data={"use": "true"}, headers={"origin": HERE})

    assert (added.status_code, added.headers["hx-redirect"]) == (200, "/cart")
    assert (ended.status_code, ended.headers["hx-retarget"]) == (401, "#session")
    assert "<html" not in ended.text


async def test_a_shop_without_storefront_is_the_api_alone() -> None:
    settings = Settings(secret="s" * 32, storefront=Switch.OFF)
    async with a_client(guarded(routed(settings), settings), accept="text/html") as client:
        home = await client.get("/")
        cart = await client.get("/cart")
        login = await client.get("/login")

    assert (home.status_code, home.headers["location"]) == (302, "/docs")
    assert (cart.status_code, cart.headers["content-type"]) == (404, "application/problem+json")
    assert login.status_code == 200
