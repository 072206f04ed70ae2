"""A shop that sells in Mexican pesos, with an account at Mercado Pago, which books stand in for."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from uuid import uuid4

from httpx import AsyncClient, Response
from support.payments.accounts import connected, knowing
from support.payments.books import channel
from support.products import ADDRESS, a_product, a_shipping_option, a_sku
from support.servers.payments.mercadopago import ACCESS, PUBLIC, SECRET, MercadoBooks, event, signed
from support.servers.payments.wire import served

from trastienda.application import Application
from trastienda.database.db import utcnow


class MercadoHere(MercadoBooks):
    """The books, and under which name the shop knows them."""

    name = ""


@asynccontextmanager
async def with_mercado(shop: Application, staff: AsyncClient) -> AsyncIterator[MercadoHere]:
    """Connect the account; return the books behind it."""
    books = MercadoHere()
    currencies = (await staff.get("/v1/admin/channel")).json()["currencies"]
    fields = {
        "mode": "live",
        "credentials": {"access_token": ACCESS, "webhook_secret": SECRET},
        "options": {"public_key": PUBLIC, "country": "MX"},
    }
    async with AsyncExitStack() as at_the_end:
        await at_the_end.enter_async_context(channel(staff, currencies=[*currencies, "MXN"]))
        addresses = {"mercadopago": await at_the_end.enter_async_context(served(books.answer))}
        await at_the_end.enter_async_context(knowing(shop, addresses=addresses))
        books.name = (await connected(staff, "mercadopago", **fields))["name"]
        yield books


async def a_cart(staff: AsyncClient, buyer: AsyncClient) -> str:
    """Open a cart of 299.90 pesos that only needs to be paid."""
    variant = {"sku": a_sku(), "prices": {"EUR": 1_250, "MXN": 24_990}, "stock": 1}
    await a_product(staff, variants=[variant])
    option = await a_shipping_option()
    path = f"/v1/admin/shipping-options/{option}"
    assert (await staff.patch(path, json={"prices": {"MXN": 5_000}})).status_code == 200
    lines = [{"sku": variant["sku"], "quantity": 1}]
    cart = (await buyer.post("/v1/carts", json={"lines": lines, "currency": "MXN"})).json()
    contact = {"email": "ana@example.com", "shipping_address": ADDRESS, "shipping_option": option}
    ready = (await buyer.put(f"/v1/carts/{cart['id']}/contact", json=contact)).json()
    assert (ready["problems"], ready["totals"]["total"]) == ([], 29_990)
    id_: str = cart["id"]
    return id_


async def tell(
    mercado: MercadoHere, buyer: AsyncClient, payment: dict[str, Any], **headers: str
) -> Response:
    id_ = payment["id"]
    return await buyer.post(
        f"/v1/payments/{mercado.name}/webhook?data.id={id_}&type=payment",
        content=event(id_),
        headers=signed(id_, utcnow(), request=uuid4().hex) | headers,
    )
