"""Every place that takes an e-mail address refuses one that no mail can go to."""

import pytest
from httpx import AsyncClient
from support.people import PASSWORD, count_rows
from support.products import ADDRESS, a_cart, a_sku_for_sale
from support.refusals import refusal

DEAD = ["a@-x.example", "a@x.example>", "a@[127.0.0.1]", "=?utf-8?q?a?=@x.example"]


@pytest.mark.parametrize("email", DEAD)
async def test_a_buyer_is_told_at_once_that_no_mail_can_reach_them(
    staff: AsyncClient, buyer: AsyncClient, email: str
) -> None:
    cart = await a_cart(buyer, **{await a_sku_for_sale(staff): 1})
    address = f"/v1/carts/{cart['id']}"
    contact = await buyer.put(
        f"{address}/contact", json={"email": email, "shipping_address": ADDRESS}
    )
    reminder = await buyer.put(f"{address}/reminder", json={"email": email})

    assert refusal(contact) == refusal(reminder) == (422, "address-unusable", "/email")
    after = (await buyer.get(address)).json()
    assert (after["email"], after["version"]) == (None, cart["version"])


@pytest.mark.parametrize("email", DEAD)
async def test_nobody_registers_an_address_that_no_mail_can_go_to(
    buyer: AsyncClient, email: str
) -> None:
    before = await count_rows("users")
    draft = {"email": email, "password": PASSWORD, "name": "Ana"}
    answer = await buyer.post("/v1/users", json=draft)

    assert refusal(answer) == (422, "address-unusable", "/email")
    assert await count_rows("users") == before


async def test_staff_name_no_address_that_no_mail_can_go_to(staff: AsyncClient) -> None:
    dead = DEAD[0]
    settings = await staff.patch("/v1/admin/channel", json={"notify_email": dead})
    webhook = {"url": "https://erp.example/", "types": ["*"], "owner_email": dead}
    made = await staff.post("/v1/admin/webhooks", json=webhook)
    kept = await staff.post("/v1/admin/webhooks", json=webhook | {"owner_email": "a@x.example"})
    address = f"/v1/admin/webhooks/{kept.json()['id']}"
    changed = await staff.patch(address, json={"owner_email": dead})

    assert refusal(settings) == (422, "address-unusable", "/notify_email")
    assert refusal(made) == refusal(changed) == (422, "address-unusable", "/owner_email")
    assert (await staff.get("/v1/admin/channel")).json()["notify_email"] != dead
    assert (await staff.get(address)).json()["owner_email"] == "a@x.example"
    await staff.delete(address)
