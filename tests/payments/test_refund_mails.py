"""What the buyer reads about money that comes back."""

import pytest
from httpx import AsyncClient
from support.background import body, mails_about
from support.products import an_order
from support.refunds import granted, send_all

from trastienda.application import Application
from trastienda.settings import Settings

WORDS = {"en": "We have refunded €4.90 of your order", "es": "Le hemos reembolsado 4,90"}


@pytest.mark.parametrize("language", WORDS)
async def test_a_buyer_is_told_of_money_that_comes_back(
    shop: Application,
    staff: AsyncClient,
    buyer: AsyncClient,
    settings: Settings,
    language: str,
) -> None:
    headers = {"Accept-Language": language}
    order = await an_order(staff, buyer, "test", headers=headers)
    made = await granted(staff, order, shipping="all")

    before = await mails_about(made["id"], settings)
    await send_all(shop)
    (mail,) = await mails_about(made["id"], settings)

    assert before == []
    assert mail["To"] == "ada@example.com"
    assert WORDS[language] in body(mail).replace("\xa0", " ")
    assert order["number"] in body(mail)
    assert f"/orders/{order['id']}?access_token=" in body(mail)


async def test_who_had_paid_reads_that_a_cancelled_order_is_paid_back(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer, "test")
    await staff.post(f"/v1/admin/orders/{order['id']}/cancel")

    mails = await mails_about(order["id"], settings)

    (cancelled,) = [it for it in mails if "is cancelled" in it["Subject"]]
    assert "We pay back €29.90 the way you paid." in body(cancelled)
