"""Gift cards that are sold as products: put on sale, ordered, and issued as the job worker does."""

import re
from typing import Any

from httpx import AsyncClient
from support.background import ask, body, mails_about
from support.payments.credit import by_card, pay
from support.products import ADDRESS, a_cart, a_product, a_shipping_option, a_sku

from trastienda.controllers import orders
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context
from trastienda.settings import Settings

CODE = re.compile(r"\b[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}\b")


async def a_voucher(staff: AsyncClient, price: int = 5_000, **facts: object) -> dict[str, Any]:
    """Put gift cards of one denomination on sale."""
    variant = {"sku": a_sku(), "prices": {"EUR": price}}
    return await a_product(staff, name="Gift card", gift_card=True, variants=[variant], **facts)


async def a_voucher_sku(staff: AsyncClient, price: int = 5_000) -> str:
    sku: str = (await a_voucher(staff, price))["variants"][0]["sku"]
    return sku


async def a_cart_with(
    buyer: AsyncClient, skus: dict[str, int], *, ships: bool = True
) -> dict[str, Any]:
    """Open a cart that only needs to be paid."""
    cart = await a_cart(buyer, **skus)
    contact: dict[str, Any] = {"email": "ada@example.com", "shipping_address": ADDRESS}
    if ships:
        contact["shipping_option"] = await a_shipping_option()
    answer = await buyer.put(f"/v1/carts/{cart['id']}/contact", json=contact)
    assert answer.status_code == 200, answer.text
    ready: dict[str, Any] = answer.json()
    assert ready["problems"] == []
    return ready


async def vouchers_ordered(
    staff: AsyncClient, buyer: AsyncClient, quantity: int = 2, *, paid: bool = True
) -> dict[str, Any]:
    """Order gift cards of 50.00, which are paid and not issued yet."""
    cart = await a_cart_with(buyer, {await a_voucher_sku(staff): quantity}, ships=False)
    answer = await pay(buyer, cart, payment=by_card() if paid else {"provider": "manual"})
    assert answer.status_code == 201, answer.text
    order: dict[str, Any] = answer.json()
    return order


async def issue_all() -> None:
    """Do what the job worker does: issue the gift cards of all orders that are paid."""
    while await orders.issue_gift_cards(Context(utcnow())):
        pass


async def cards_of(order: dict[str, Any]) -> list[tuple[str, int, int]]:
    """Return the gift cards that were issued for an order: id, balance and unit."""
    rows = await ask(
        "SELECT card.id, balance, unit FROM credit_accounts AS card"
        " JOIN order_lines ON order_lines.id = order_line_id WHERE order_id = %s ORDER BY unit",
        order["id"],
    )
    return [(str(id_), balance, unit) for id_, balance, unit in rows]


async def codes_of(order: dict[str, Any], settings: Settings) -> list[str]:
    """Send the mails of an order's gift cards, and read their codes."""
    found = []
    for card, _, _ in await cards_of(order):
        (mail,) = await mails_about(card, settings)
        found += CODE.findall(body(mail))
    return found
