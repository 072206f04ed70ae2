"""Links to orders end, and a new one comes by mail to whoever has the address of the order."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.background import ask, body, mails_about
from support.people import a_browser, an_address
from support.products import an_order
from support.refusals import refusal

from trastienda.controllers import orders
from trastienda.database.db import utcnow
from trastienda.schemas.shared.actor import GUEST
from trastienda.schemas.shared.context import Context
from trastienda.services.orders import access as order_access
from trastienda.services.shared import tokens
from trastienda.settings import Settings

WISH = "/v1/orders/links"


async def read(buyer: AsyncClient, order: dict[str, Any], token: str | None) -> Response:
    return await buyer.get(f"/v1/orders/{order['id']}", headers={"X-Order-Token": token or ""})


async def wish(buyer: AsyncClient, number: str, email: str) -> Response:
    return await buyer.post(WISH, json={"number": number, "email": email})


async def send_all() -> None:
    while await orders.send_links(Context(utcnow(), by=GUEST)):
        pass


async def told(order: dict[str, Any]) -> list[str]:
    query = "SELECT type FROM events WHERE aggregate_id = %s ORDER BY sequence"
    return [name for (name,) in await ask(query, order["id"])]


def signed(order: dict[str, Any], days: int) -> str:
    """Make the token that the order had been given so many days ago."""
    made_at = utcnow() - timedelta(days=days)
    ends = str(int((made_at + order_access.LIFETIME).timestamp()))
    signature = tokens.sign(order_access.PURPOSE, f"{order['id']} until {ends}")
    return f"{ends}.{signature}"


async def test_a_link_is_good_for_ninety_days(staff: AsyncClient, buyer: AsyncClient) -> None:
    order = await an_order(staff, buyer)
    old, older = signed(order, 89), signed(order, 91)
    later = f"{int(older.partition('.')[0]) + 10**6}.{older.partition('.')[2]}"

    assert (await read(buyer, order, order["access_token"])).status_code == 200
    assert (await read(buyer, order, old)).status_code == 200
    assert refusal(await read(buyer, order, older))[:2] == (403, "order-link-expired")
    for wrong in (later, "x.y", "99999999999.", ".", old[:-1], old.replace(".", "..")):
        assert refusal(await read(buyer, order, wrong))[:2] == (404, "order-not-found")


async def test_a_link_without_an_end_counts_from_the_order_on(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    id_ = UUID(order["id"])
    token = tokens.sign(order_access.PURPOSE, order["id"])

    assert (await read(buyer, order, token)).status_code == 200
    assert order_access.opens(token, id_, utcnow() + timedelta(days=89))
    old = UUID(int=id_.int - (int(timedelta(days=91).total_seconds() * 1_000) << 80))
    token = tokens.sign(order_access.PURPOSE, str(old))
    answer = await read(buyer, {"id": str(old)}, token)
    assert refusal(answer)[:2] == (403, "order-link-expired")


async def test_a_new_link_comes_by_mail_to_the_address_of_the_order(
    staff: AsyncClient, buyer: AsyncClient, shop: ASGIApp, settings: Settings
) -> None:
    email = an_address()
    order = await an_order(staff, buyer, email=email)
    async with a_browser(shop) as other:
        answer = await wish(other, order["number"], email.upper())
        await send_all()
        await send_all()
        mail = (await mails_about(order["id"], settings))[-1]
        (link,) = [word for word in body(mail).split() if word.startswith("https:")]
        path, token = link.partition("?access_token=")[::2]
        opened = await other.get(f"/v1{path[path.index('/orders/') :]}?access_token={token}")

    assert (answer.status_code, answer.json()) == (202, {"email": email.upper()})
    assert mail["To"] == email
    assert mail["Subject"] == f"A new link to your order {order['number']}"
    assert (opened.status_code, opened.json()["number"]) == (200, order["number"])
    assert await told(order) == ["order.placed", "order.link_wanted"]


async def test_nobody_learns_whether_there_is_an_order_nor_gets_anothers(
    staff: AsyncClient, buyer: AsyncClient, shop: ASGIApp, statements: list[str]
) -> None:
    order, email = await an_order(staff, buyer, email=an_address()), an_address()
    number = order["number"]

    async def asked(number: str, email: str) -> tuple[int, dict[str, str], list[str]]:
        async with a_browser(shop) as other:
            statements.clear()
            answer = await wish(other, number, email)
            return answer.status_code, answer.json(), list(statements)

    right = await asked(number, order["email"])
    wrong = [await asked(number, email), await asked("999999999999999", order["email"])]
    await send_all()

    assert right[:2] == (202, {"email": order["email"]})
    assert [it[:2] for it in wrong] == [(202, {"email": email}), right[:2]]
    assert [it[2] for it in wrong] == [right[2]] * 2
    assert not any("FROM orders" in statement for statement in right[2])
    assert await told(order) == ["order.placed", "order.link_wanted"]
    assert await ask("SELECT count(*) FROM order_link_requests") == [(0,)]


async def test_asking_for_links_is_limited_for_an_address_and_a_client(
    staff: AsyncClient, buyer: AsyncClient, shop: ASGIApp
) -> None:
    email = an_address()

    async def from_elsewhere() -> Response:
        async with a_browser(shop) as other:
            return await wish(other, "1", email)

    async def until_refused(attempt: Callable[[], Awaitable[Response]]) -> tuple[int, Response]:
        """Go on until one has to wait, which is twice as long each time: a slow machine as well."""
        for number in range(40):
            answer = await attempt()
            if answer.status_code != 202:
                return number, answer
        raise AssertionError("nobody had to wait")

    by_address, refused = await until_refused(from_elsewhere)
    by_client, _ = await until_refused(lambda: wish(buyer, "1", an_address()))

    assert by_address >= 3
    assert by_client >= 20
    assert refusal(refused)[:2] == (429, "slow-down")
    assert int(refused.headers["retry-after"]) >= 1


async def test_what_cannot_be_an_order_or_an_address_is_refused(buyer: AsyncClient) -> None:
    assert refusal(await wish(buyer, "ten", "a@x.example"))[0] == 400
    assert refusal(await wish(buyer, "1" * 16, "a@x.example"))[0] == 400
    assert refusal(await wish(buyer, "1", "a@-x.example"))[1:] == ("address-unusable", "/email")
