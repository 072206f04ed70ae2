"""The small forms below records: codes, prices, members, balances, secrets, saved views."""

import re
from uuid import uuid4

from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.pages.desks import a_desk
from support.pages.readers import follow, form_of, read, send, undo, words
from support.payments.accounts import connected, knowing
from support.people import HERE, a_customer, an_address, visitor
from support.products import a_sku_for_sale

from trastienda.application import Application
from trastienda.database.models.accounts.user import Role
from trastienda.handlers.pages.forms import fresh_key
from trastienda.services.payments.providers.kinds import KINDS


async def made(desk: AsyncClient, place: str, **fields: str) -> str:
    """Write a record by its form; return the address of its page."""
    page = await desk.get(f"/admin/{place}/new")
    answer = await send(desk, page, f"/admin/{place}/new", **fields)
    assert answer.status_code == 303, words(answer)
    address: str = answer.headers["location"]
    return address


async def test_a_code_is_added_switched_off_and_a_refused_one_is_explained(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    desk, code = await a_desk(shop), f"SUMMER-{uuid4().hex[:6].upper()}"
    fields = {"kind": "order_percent", "trigger": "coupon", "percent": "10"}
    address = await made(desk, "promotions", name="Summer", **fields)

    page = await follow(
        desk, await send(desk, await desk.get(address), f"{address}/coupons", code=code)
    )
    assert code in words(page)
    again = await send(desk, page, f"{address}/coupons", code=code)
    (action,) = {it.action for it in read(page).forms if f"{address}/coupons/" in it.action} - {
        f"{address}/coupons/bulk"
    }
    page = await follow(desk, await send(desk, page, action, do="switch"))

    assert (again.status_code, "Not done" in words(again)) == (409, True)
    (coupon,) = (await staff.get(f"/v1{address}/coupons")).json()["items"]
    assert (coupon["code"], coupon["active"]) == (code, False)
    page = await follow(desk, await undo(desk, page))
    (coupon,) = (await staff.get(f"/v1{address}/coupons")).json()["items"]
    assert coupon["active"] is True
    unnamed = await send(desk, page, action, do="delete", name_again="another")
    named = await send(desk, page, action, do="delete", name_again=code, key=fresh_key())
    assert (unnamed.status_code, named.status_code) == (422, 303)
    assert (await staff.get(f"/v1{address}/coupons")).json()["items"] == []


async def test_a_price_list_gets_a_price_and_loses_it(shop: ASGIApp, staff: AsyncClient) -> None:
    desk, sku = await a_desk(shop), await a_sku_for_sale(staff)
    address = await made(desk, "price-lists", name=f"Club {uuid4().hex[:6]}", currency="EUR")
    row = {"prices/0/sku": sku, "prices/0/price": "9.90"}

    page = await follow(desk, await send(desk, await desk.get(address), f"{address}/prices", **row))

    assert (await staff.get(f"/v1{address}/prices")).json()["items"][0]["price"] == 990
    step = {**row, "prices/0/price": "8.50", "prices/0/min_quantity": "10"}
    await send(desk, page, f"{address}/prices", key=fresh_key(), **step)
    listed = (await staff.get(f"/v1{address}/prices")).json()["items"]
    gone = await send(desk, page, f"{address}/prices", do="delete", key=fresh_key(), **row)
    page = await follow(desk, gone)
    assert (await staff.get(f"/v1{address}/prices")).json()["items"] == []
    await undo(desk, page)
    assert (await staff.get(f"/v1{address}/prices")).json()["items"] == listed


async def test_a_customer_joins_a_group_and_leaves_it(shop: ASGIApp, staff: AsyncClient) -> None:
    desk, email = await a_desk(shop, Role.SUPPORT), an_address()
    known = await visitor(await a_customer(shop, email))
    assert known is not None
    address = await made(desk, "customer-groups", name="Club", code=f"club-{uuid4().hex[:6]}")

    joined = await send(desk, await desk.get(address), f"{address}/members", email=email)
    page = await follow(desk, joined)

    assert email in words(page)
    stranger = await send(desk, page, f"{address}/members", email=an_address())
    assert stranger.status_code == 422
    left = await desk.post(
        f"{address}/members",
        data={**dict(form_of(page, "/logout").fields), "do": "leave", "user_id": known["id"]},
        headers={"origin": HERE},
    )
    page = await follow(desk, left)
    assert email not in words(page)
    assert email in words(await follow(desk, await undo(desk, page)))


async def test_a_gift_card_shows_its_code_once_and_its_balance_changes(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    desk = await a_desk(shop)
    page = await desk.get("/admin/gift-cards/new")
    answers = [
        await send(desk, page, "/admin/gift-cards/new", amount="25.00", currency="EUR")
        for _ in range(2)
    ]
    assert [it.status_code for it in answers] == [200, 200]
    assert "Its code is shown this once" in words(answers[0])
    assert "Its code is shown this once" not in words(answers[1])
    (card, *_) = (await staff.get("/v1/admin/gift-cards")).json()["items"]
    address = f"/admin/gift-cards/{card['id']}"

    fields = {"amount": "-5.00", "reason": "Wrong amount"}
    answer = await send(desk, await desk.get(address), f"{address}/adjust", **fields)

    assert answer.status_code == 303, words(answer)
    assert (await staff.get(f"/v1{address}")).json()["balance"] == 2_000


async def test_the_secret_of_a_webhook_is_shown_once(shop: ASGIApp) -> None:
    desk = await a_desk(shop)
    page = await desk.get("/admin/webhooks/new")
    fields = {"url": "https://erp.example/hooks", "types": "order.*", "owner_email": "a@b.example"}

    page = await send(desk, page, "/admin/webhooks/new", **fields)

    assert (page.status_code, "whsec_" in page.text) == (200, True)
    (address,) = set(re.findall(r'"(/admin/webhooks/[0-9a-f-]{36})"', page.text))
    again = await desk.get(address)
    assert (again.status_code, "whsec_" in again.text) == (200, False)


async def test_a_view_of_orders_is_saved_for_oneself_alone(shop: ASGIApp) -> None:
    mine, theirs = await a_desk(shop), await a_desk(shop)
    listed = "/admin/orders?payment_status=paid"
    page = await mine.get(listed)

    page = await follow(mine, await send(mine, page, "/admin/views", name="My paid ones"))

    assert "My paid ones" in words(page)
    assert "My paid ones" not in words(await theirs.get(listed))
    (drop,) = {it.action for it in read(page).forms if it.action.endswith("/delete")}
    page = await follow(mine, await send(mine, page, drop))
    assert "My paid ones" not in words(await mine.get(listed))
    undone = await send(mine, page, "/admin/views")
    assert (undone.status_code, dict(form_of(page, "/admin/views").fields)["name"]) == (
        303,
        "My paid ones",
    )


async def test_credentials_are_called_as_their_provider_calls_them_and_say_whose_they_are(
    shop: Application, staff: AsyncClient
) -> None:
    keys = {"secret_key": "sk_test_notakey1234", "publishable_key": "pk_test_notakey1234"}
    draft = {"kind": "stripe", "name": f"p{uuid4().hex[:12]}", "mode": "test"}
    typed = {f"credentials/{name}": text for name, text in keys.items()}
    async with knowing(shop):
        desk = await a_desk(shop)
        new = await desk.get("/admin/payment-providers/new")
        refused = await send(desk, new, "/admin/payment-providers/new", **draft, **typed)
        in_spanish = await (await a_desk(shop, language="es")).get("/admin/payment-providers/new")
        whole = {**keys, "webhook_secret": "whsec_notasecret1234"}
        view = await connected(staff, "stripe", credentials=whole)
        saved = await desk.get(f"/admin/payment-providers/{view['id']}")

    for kind in KINDS.values():
        assert ", ".join(kind.options) in words(new)
    assert labels(new) == {
        "access_token": ("Access token", "Mercado Pago"),
        "client_id": ("Client ID", "PayPal"),
        "client_secret": ("Client secret", "PayPal"),
        "publishable_key": ("Publishable key", "Stripe"),
        "secret_key": ("Secret key", "Stripe"),
        "webhook_secret": ("Signing secret of the webhook", "Mercado Pago, Stripe"),
    }
    assert refused.status_code == 422
    asked = {
        "secret_key": ("Secret key", ""),
        "publishable_key": ("Publishable key", ""),
        "webhook_secret": ("Signing secret of the webhook", ""),
    }
    assert (labels(refused), labels(saved)) == (asked, asked)
    assert "Signing secret of the webhook" in words(saved)
    assert not any(text in saved.text for text in whole.values())
    assert labels(in_spanish)["secret_key"] == ("Clave secreta", "Stripe")


def labels(page: Response) -> dict[str, tuple[str, str]]:
    """Return the label and the hint of each credential in a form."""
    field = re.compile(
        r'<label for="credentials/(\w+)">(.*?)</label><input[^>]*>\s*'
        r'(?:<p class="hint" id="[^"]*">(.*?)</p>)?'
    )
    return {name: (label, hint) for name, label, hint in field.findall(page.text)}
