"""Buyers whom our forms send to a provider's own page, and who come back from there."""

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient, Response
from support.background import change
from support.pages.buying import at_checkout, pay
from support.pages.readers import a_visitor, follow, send, words
from support.payments.accounts import connected, knowing
from support.payments.pesos import a_cart, with_mercado
from support.products import an_order, check_out
from support.servers.stripe_stub import CREDENTIALS, StripeStub, a_stripe

from trastienda.application import Application


@pytest.fixture
async def cards(shop: Application, staff: AsyncClient) -> AsyncIterator[tuple[str, StripeStub]]:
    """Let the shop have an account at Stripe; return what the shop calls it, and the stub."""
    async with a_stripe() as (address, stub), knowing(shop, addresses={"stripe": address}):
        view = await connected(staff, "stripe", credentials=CREDENTIALS)
        yield view["name"], stub


@pytest.fixture
async def visitor(shop: Application) -> AsyncClient:
    return a_visitor(shop)


async def back(visitor: AsyncClient, stub: StripeStub, url: str = "success_url") -> Response:
    """Follow Stripe's link back to the shop."""
    await change("UPDATE payment_attempts SET checked_at = NULL WHERE checked_at IS NOT NULL")
    address: str = stub.session()["asked"][url]
    return await visitor.get(address[address.index("/", 8) :])


async def test_a_guest_pays_on_stripes_page(
    staff: AsyncClient, visitor: AsyncClient, cards: tuple[str, StripeStub]
) -> None:
    name, stub = cards
    page = await at_checkout(staff, visitor, name="Far mug")

    leaving = await pay(visitor, page, name)
    waiting = await back(visitor, stub)
    stub.pay(stub.session())
    thanks = await follow(visitor, await back(visitor, stub))

    assert "Card, at Stripe" in words(page)
    assert 'http-equiv="refresh" content="0; url=https://checkout.stripe.example/' in leaving.text
    assert "Pay in another way" in words(waiting)
    assert "Thank you for your order" in words(thanks)
    assert ("Paid" in words(thanks), "Far mug" in words(thanks)) == (True, True)


async def test_who_cancels_there_pays_in_another_way(
    staff: AsyncClient, visitor: AsyncClient, cards: tuple[str, StripeStub]
) -> None:
    name, stub = cards
    page = await at_checkout(staff, visitor)
    await pay(visitor, page, name)
    stub.pay(stub.session(), "pm_no")

    form = await back(visitor, stub, "cancel_url")
    paid = await follow(visitor, await pay(visitor, form, "test"))

    assert form.status_code == 402
    assert "The payment did not go through" in words(form)
    assert 'value="Calle Mayor 1"' in form.text
    assert stub.session()["status"] == "expired"
    assert "Thank you for your order" in words(paid)


async def test_who_goes_back_in_the_browser_may_choose_another_provider(
    staff: AsyncClient, visitor: AsyncClient, cards: tuple[str, StripeStub]
) -> None:
    name, stub = cards
    page = await at_checkout(staff, visitor)
    await pay(visitor, page, name)

    moved = {"shipping_address/line1": "Calle Menor 2", "payment/provider": "manual"}
    ordered = await send(visitor, page, "/checkout", ("do", "pay"), **moved)
    order = await follow(visitor, ordered)

    assert stub.session()["status"] == "expired"
    assert ("Thank you" in words(order), "Calle Menor 2" in words(order)) == (True, True)


async def test_an_order_is_paid_on_stripes_page_later(
    staff: AsyncClient, buyer: AsyncClient, visitor: AsyncClient, cards: tuple[str, StripeStub]
) -> None:
    name, stub = cards
    order = await an_order(staff, buyer)
    path = f"/orders/{order['id']}/pay?access_token={order['access_token']}"
    page = await visitor.get(path)
    choice = {"payment/provider": name}

    await send(visitor, page, f"/orders/{order['id']}/pay", **choice)
    form = await back(visitor, stub, "cancel_url")
    await send(visitor, form, f"/orders/{order['id']}/pay", **choice)
    stub.pay(stub.session())
    paid = await follow(visitor, await back(visitor, stub))

    assert "The payment did not go through" in words(form)
    assert [it["status"] for it in stub.sessions.values()] == ["expired", "complete"]
    assert "Paid" in words(paid)


async def test_a_page_that_cannot_be_closed_now_is_waited_for(
    staff: AsyncClient, visitor: AsyncClient, cards: tuple[str, StripeStub]
) -> None:
    name, stub = cards
    page = await at_checkout(staff, visitor)
    await pay(visitor, page, name)
    stub.pay(stub.session(), "pm_later")

    leads = await back(visitor, stub, "cancel_url")
    asked = len(stub.asked)
    waiting = await follow(visitor, leads)

    assert leads.headers["location"] == "/checkout/return"
    assert "Your payment is being processed" in words(waiting)
    assert "Pay in another way" not in words(waiting)
    assert [call for call, _ in stub.asked[asked:]].count("expire") == 0


async def test_mercado_pago_is_offered_by_its_name_and_leads_to_its_page(
    shop: Application, staff: AsyncClient, buyer: AsyncClient, visitor: AsyncClient
) -> None:
    async with with_mercado(shop, staff) as books:
        cart = await a_cart(staff, buyer)
        order = (await check_out(buyer, cart, "manual")).json()
        path = f"/orders/{order['id']}/pay"
        page = await visitor.get(f"{path}?access_token={order['access_token']}")
        leaving = await send(visitor, page, path, **{"payment/provider": books.name})

    assert "Mercado Pago" in words(page)
    assert f"url={books.page()['init_point']}" in leaving.text
