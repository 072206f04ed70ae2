"""A cart, a checkout and an order, by forms alone."""

from datetime import timedelta

import pytest
from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.pages.buying import ADDRESS, at_checkout, fill, pay
from support.pages.readers import a_customer_at_pages, a_visitor, follow, form_of, send, words
from support.people import HERE, an_address
from support.products import a_cart_to_order, a_product, a_sku_for_sale

from trastienda.controllers import carts
from trastienda.database.db import reading, utcnow
from trastienda.schemas.shared.context import Context
from trastienda.services.carts.reminders import token


@pytest.fixture
async def visitor(shop: ASGIApp) -> AsyncClient:
    return a_visitor(shop)


async def test_a_guest_buys_without_scripts(staff: AsyncClient, visitor: AsyncClient) -> None:
    page = await at_checkout(staff, visitor, name="Blue mug", price=1_250)
    assert "Order and pay €29.90" in words(page)

    order = await follow(visitor, await pay(visitor, page, "test"))

    assert "Thank you for your order" in words(order)
    assert ("Paid" in words(order), "Blue mug" in words(order)) == (True, True)
    assert order.headers["cache-control"] == "no-store"
    assert "__Host-cart" not in visitor.cookies
    assert "There is nothing in your cart yet." in words(await visitor.get("/cart"))


async def test_a_second_click_buys_once(staff: AsyncClient, visitor: AsyncClient) -> None:
    page = await at_checkout(staff, visitor)
    kept = visitor.cookies["__Host-cart"]

    first = await pay(visitor, page, "manual")
    visitor.cookies.set("__Host-cart", kept, domain="localhost.local")
    second = await pay(visitor, page, "manual")

    assert (first.status_code, second.status_code) == (303, 303)
    assert (
        first.headers["location"].partition("?")[0] == second.headers["location"].partition("?")[0]
    )


async def test_two_clicks_add_once(staff: AsyncClient, visitor: AsyncClient) -> None:
    product = await a_product(staff)
    page = await visitor.get(f"/products/{product['slug']}")
    await send(visitor, page, "/cart")
    page = await visitor.get(f"/products/{product['slug']}")

    for _ in range(2):
        await send(visitor, page, "/cart")

    assert 'value="2" required' in (await visitor.get("/cart")).text


async def test_a_declined_card_leaves_the_cart_and_what_was_typed(
    staff: AsyncClient, visitor: AsyncClient
) -> None:
    page = await at_checkout(staff, visitor)

    refused = await pay(visitor, page, "test", "decline")

    assert refused.status_code == 402
    assert "declined" in words(refused).lower()
    assert 'value="Calle Mayor 1"' in refused.text
    paid = await follow(visitor, await pay(visitor, refused, "test", "ok"))
    assert "Thank you for your order" in words(paid)


@pytest.mark.parametrize("answer", ["succeed", "fail"])
async def test_a_bank_asks_and_leads_back(
    staff: AsyncClient, visitor: AsyncClient, answer: str
) -> None:
    page = await at_checkout(staff, visitor)

    bank = await pay(visitor, page, "test", "challenge")
    asked = bank.headers["location"]
    assert "/v1/payments/test/challenges/" in asked
    back = await visitor.post(asked, params={"outcome": answer}, headers={"origin": HERE})
    by_post = await visitor.post("/checkout/return", headers={"origin": "https://bank.example"})
    end = await visitor.get(back.headers["location"])
    while end.status_code == 200:  # the provider is asked once a second at most
        assert "We are waiting for your payment" in words(end)
        end = await visitor.get("/checkout/return")

    assert (by_post.status_code, by_post.headers["location"]) == (303, "/checkout/return")
    if answer == "succeed":
        assert "Thank you for your order" in words(await follow(visitor, end))
    else:
        assert end.status_code == 402
        assert "The payment did not go through" in words(end)


async def test_faults_stand_beside_their_fields(staff: AsyncClient, visitor: AsyncClient) -> None:
    await fill(visitor, await a_product(staff))
    page = await visitor.get("/checkout")

    refused = await send(
        visitor,
        page,
        "/checkout",
        ("do", "pay"),
        **{**ADDRESS, "email": "ada", "shipping_address/city": ""},
    )

    assert refused.status_code == 422
    assert 'id="email-error"' in refused.text
    assert 'aria-describedby="shipping_address/city-error"' in refused.text
    assert 'value="Ada Lovelace"' in refused.text
    assert "Some fields need another look." in words(refused)


async def test_another_total_than_the_one_shown_is_not_taken(
    staff: AsyncClient, visitor: AsyncClient
) -> None:
    page = await at_checkout(staff, visitor)

    refused = await send(
        visitor,
        page,
        "/checkout",
        ("do", "pay"),
        **{"payment/provider": "manual", "expected_total": "1"},
    )

    assert refused.status_code == 409
    assert "__Host-cart" in visitor.cookies


async def test_the_cart_says_what_is_wrong(staff: AsyncClient, visitor: AsyncClient) -> None:
    cart = await fill(visitor, await a_product(staff, stock=1), quantity=3)
    assert "1 is left." in words(cart)

    unknown = await send(visitor, cart, "/cart/codes", code="NOTHING")
    card = await send(
        visitor, cart, "/cart/gift-cards", **{"gift_card/code": "AAAA-BBBB-CCCC-DDDD"}
    )
    line = form_of(cart, next(it for it in _actions(cart) if it.startswith("/cart/lines/"))).action
    none = await send(visitor, cart, line, quantity="many")
    gone = await follow(visitor, await send(visitor, cart, line, quantity="0"))

    assert 'id="code-error"' in unknown.text
    assert 'id="gift-code-error"' in card.text
    assert none.status_code == 422
    assert "There is nothing in your cart yet." in words(gone)


def _actions(page: Response) -> list[str]:
    return [part.split('"')[0] for part in page.text.split('action="')[1:]]


async def test_a_customer_finds_the_order_and_only_they_do(
    shop: ASGIApp, staff: AsyncClient, visitor: AsyncClient
) -> None:
    customer = await a_customer_at_pages(shop)
    page = await at_checkout(staff, customer)
    placed = await pay(customer, page, "manual")
    address = placed.headers["location"].partition("?")[0]

    mine = await customer.get("/account")
    order = await customer.get(address)
    strangers = await visitor.get(address)

    assert f'href="{address}"' in mine.text
    assert "€29.90 is still to be paid." in words(order)
    assert strangers.status_code == 404
    unpaid = await customer.get(f"{address}/pay")
    refused = await send(
        customer,
        unpaid,
        f"{address}/pay",
        **{"payment/provider": "test", "test_card": "decline"},
    )
    again = await send(
        customer, refused, f"{address}/pay", **{"payment/provider": "test", "test_card": "ok"}
    )
    assert refused.status_code == 402
    assert "Paid" in words(await follow(customer, again))


async def test_a_sent_order_is_returned(staff: AsyncClient, visitor: AsyncClient) -> None:
    page = await at_checkout(staff, visitor)
    placed = await pay(visitor, page, "test")
    address, _, token = placed.headers["location"].partition("?")
    order_id = address.rpartition("/")[2]
    await staff.post(f"/v1/admin/orders/{order_id}/fulfilments", json={"carrier": "Correos"})

    order = await visitor.get(placed.headers["location"])
    form = await visitor.get(f"{address}/return?{token}")
    nothing = await send(visitor, form, f"{address}/return")
    asked = await send(visitor, form, f"{address}/return", **{"lines/0/quantity": "1"})
    shown = await follow(visitor, asked)

    assert "Parcel 1 Shipped" in words(order)
    assert nothing.status_code == 422
    assert "Asked for" in words(shown)
    withdraw = next(it for it in _actions(shown) if "/withdraw" in it).partition("?")[0]
    gone = await follow(visitor, await send(visitor, shown, withdraw))
    assert "Withdrawn" in words(gone)


async def test_the_link_of_a_left_cart_opens_it_with_a_button(
    shop: ASGIApp, staff: AsyncClient, visitor: AsyncClient
) -> None:
    email, hours = an_address(), timedelta(hours=24)
    cart = await a_cart_to_order(visitor, **{await a_sku_for_sale(staff, name="Left mug"): 2})
    await visitor.put(f"/v1/carts/{cart['id']}/reminder", json={"email": email})
    for at in (utcnow(), utcnow() + hours):
        while await carts.tell_abandoned(Context(at)):
            pass
    async with reading() as session:
        query = "SELECT id FROM cart_reminders WHERE email = %s"
        ((number,),) = await (await session.driver.execute(query, [email])).fetchall()
    elsewhere = a_visitor(shop)

    asked = await elsewhere.get(f"/cart?restore={token(number)}")
    untouched = "__Host-cart" not in elsewhere.cookies
    opened = await follow(elsewhere, await send(elsewhere, asked, "/cart/restored"))
    wrong = await send(elsewhere, asked, "/cart/restored", token="made-up")

    assert untouched
    assert "Left mug" in words(opened)
    assert wrong.status_code == 422


async def test_a_second_tab_leads_to_the_payment_that_is_under_way(
    staff: AsyncClient, visitor: AsyncClient
) -> None:
    page = await at_checkout(staff, visitor)
    await pay(visitor, page, "test", "challenge")

    again = await pay(visitor, page, "test", "ok")
    waiting = await follow(visitor, again)

    assert again.headers["location"] == "/checkout/return"
    assert "Back to the payment page" in words(waiting)
    assert 'http-equiv="refresh" content="3"' in waiting.text
