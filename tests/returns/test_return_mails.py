"""What customers and the merchant read about returns, and what staff see on the timeline."""

from typing import Any

import pytest
from httpx import AsyncClient
from support.background import body, mails_about
from support.orders.returns import (
    a_sent_order,
    arrived,
    asked,
    good,
    received,
    step,
    units,
)

from trastienda.settings import Settings

SHOP = "/v1/admin/channel"
WORDS = {
    "en": ["We have your request", "Send it back to us", "Your goods have arrived", "€12.50"],
    "es": ["Hemos recibido", "Envíenosla", "Sus artículos han llegado", "Le reembolsamos 12,50"],
}


@pytest.mark.parametrize("language", WORDS)
async def test_a_customer_reads_how_far_a_return_is(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings, language: str
) -> None:
    order = await a_sent_order(staff, buyer, headers={"Accept-Language": language})
    of = await asked(buyer, order, 1)
    how = {"instructions": "Any post office.", "label_reference": "LBL-1"}
    good(await step(staff, of, "approve", **how))
    good(await step(staff, of, "receipts", lines=arrived(order, 1)), 201)
    good(await step(staff, of, "close"))

    mails = await mails_about(of["id"], settings)

    assert [it["To"] for it in mails] == ["ada@example.com"] * 4
    for mail, words in zip(mails, WORDS[language], strict=True):
        assert words in body(mail)
        assert of["number"] in mail["Subject"]
        assert f"/orders/{order['id']}?access_token=" in body(mail)
    assert "Any post office." in body(mails[1])
    assert "LBL-1" in body(mails[1])


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "We cannot take this back"), ("es", "No podemos aceptar esta devolución")],
)
async def test_a_customer_reads_why_a_return_is_refused(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings, language: str, words: str
) -> None:
    order = await a_sent_order(staff, buyer, headers={"Accept-Language": language})
    of = await asked(buyer, order, 1)
    good(await step(staff, of, "refuse", reason="Its seal is <b>open</b>."))

    _, mail = await mails_about(of["id"], settings)

    assert words in body(mail)
    assert "Its seal is <b>open</b>." in body(mail)
    assert "Its seal is &lt;b&gt;open&lt;/b&gt;." in body(mail, "html")


async def test_the_merchant_is_told_of_what_customers_ask_for_and_not_of_what_staff_make(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await a_sent_order(staff, buyer)
    good(await staff.patch(SHOP, json={"notify_email": "returns@shop.example"}))
    try:
        of = await asked(buyer, order, 1, reason="other", note="See https://evil.example/now")
        draft = {"lines": units(order, 1), "reason": "changed_mind"}
        made = good(await staff.post(f"/v1/admin/orders/{order['id']}/returns", json=draft), 201)
        told = await mails_about(of["id"], settings)
        own = await mails_about(made["id"], settings)
    finally:
        good(await staff.patch(SHOP, json={"notify_email": None}))

    (mail,) = [it for it in told if it["To"] == "returns@shop.example"]
    assert "Another reason" in body(mail)
    assert "https://evil.example" not in body(mail)
    assert f"/v1/admin/returns/{of['id']}" in body(mail)
    assert [it["To"] for it in own] == ["ada@example.com"]


async def test_the_timeline_shows_what_became_of_a_return_and_who_did_it(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    of = await received(staff, buyer, order, 1)
    other = await asked(buyer, order, 1)
    good(await step(staff, other, "refuse", reason="Its seal is open."))

    address = f"/v1/admin/orders/{order['id']}/timeline"
    items = good(await staff.get(address, params={"sort": "oldest"}))["items"]

    shown: list[dict[str, Any]] = [it for it in items if it["kind"] == "return"]
    assert [(it["type"], it["return_id"], it["by"]["type"]) for it in shown] == [
        ("return.requested", of["id"], "guest"),
        ("return.approved", of["id"], "key"),
        ("return.received", of["id"], "key"),
        ("return.requested", other["id"], "guest"),
        ("return.refused", other["id"], "key"),
    ]
    assert [it["reason"] for it in shown[-2:]] == ["does_not_fit", "Its seal is open."]
    assert shown[0]["number"] == of["number"]
    assert "order.return_changed" not in {it["type"] for it in items}
