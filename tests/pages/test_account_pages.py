"""Passwords, invitations and addresses at pages."""

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.pages.readers import a_customer_at_pages, a_visitor, follow, send, words
from support.people import (
    PASSWORD,
    a_customer,
    an_address,
    invitation_token,
    reset_token,
)
from support.products import a_product

NEW = "another horse battery"


@pytest.fixture
async def visitor(shop: ASGIApp) -> AsyncClient:
    return a_visitor(shop)


async def test_a_forgotten_password_is_chosen_anew(shop: ASGIApp, visitor: AsyncClient) -> None:
    email = an_address()
    await a_customer(shop, email)

    page = await visitor.get("/forgot-password")
    asked = await follow(visitor, await send(visitor, page, "/forgot-password", email=email))
    unknown = await send(visitor, page, "/forgot-password", email=an_address())
    form = await visitor.get(f"/reset-password?token={await reset_token(email)}")
    short = await send(visitor, form, "/reset-password", password="short")
    login = await follow(visitor, await send(visitor, short, "/reset-password", password=NEW))
    again = await send(visitor, form, "/reset-password", password=NEW)
    inside = await send(visitor, login, "/login", email=email, password=NEW)

    assert "If this address has an account" in words(asked)
    assert unknown.headers["location"] == "/login"
    assert (short.status_code, 'id="password-error"' in short.text) == (422, True)
    assert "Your password is changed." in words(login)
    assert again.status_code == 422
    assert inside.headers["location"] == "/account"


async def test_a_password_is_changed(shop: ASGIApp) -> None:
    customer = await a_customer_at_pages(shop)
    page = await customer.get("/account/password")

    wrong = await send(customer, page, "/account/password", current="no no no no", password=NEW)
    right = await send(customer, wrong, "/account/password", current=PASSWORD, password=NEW)
    account = await follow(customer, right)

    assert (wrong.status_code, 'id="current-error"' in wrong.text) == (422, True)
    assert "no no no no" not in wrong.text
    assert "Your password is changed." in words(account)


async def test_somebody_joins_the_staff(staff: AsyncClient, visitor: AsyncClient) -> None:
    email = an_address()
    made = await staff.post("/v1/admin/staff/invitations", json={"email": email, "role": "editor"})
    token = await invitation_token(made.json()["id"])

    page = await visitor.get(f"/join?token={token}")
    login = await follow(visitor, await send(visitor, page, "/join", name="Eva", password=NEW))
    inside = await send(visitor, login, "/login", email=email, password=NEW)
    nothing = await visitor.get("/join?token=nothing")

    assert email in words(page)
    assert inside.headers["location"] == "/admin"
    assert nothing.status_code in {404, 422}


async def test_addresses_are_kept_and_checkout_begins_with_one(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    customer = await a_customer_at_pages(shop)
    page = await customer.get("/account/addresses")
    fields = {"name": "Ada", "line1": "Calle Mayor 7", "city": "Madrid", "country": "ES"}

    none = await send(customer, page, "/account/addresses", **{"address/name": "Ada"})
    form = {f"address/{name}": text for name, text in fields.items()}
    kept = await follow(customer, await send(customer, none, "/account/addresses", **form))
    product = await customer.get(f"/products/{(await a_product(staff))['slug']}")
    await send(customer, product, "/cart")
    checkout = await customer.get("/checkout")
    address = kept.text.split('action="/account/addresses/')[1].split('"')[0]
    gone = await follow(customer, await send(customer, kept, f"/account/addresses/{address}"))

    assert none.status_code == 422
    assert "Orders go here" in words(kept)
    assert 'value="Calle Mayor 7"' in checkout.text
    assert "Removed." in words(gone)
